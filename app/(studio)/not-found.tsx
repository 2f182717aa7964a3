import { BlankPage } from '#components/ui/blank-page';
import { ButtonLink } from '#components/ui/button';

export default function NoSuchJob() {
  return (
    <BlankPage
      title="Nothing on this sheet"
      body="There is no such job among yours. It may have been deleted."
    >
      <ButtonLink href="/jobs" look="primary">
        Jobs
      </ButtonLink>
      <ButtonLink href="/">Studio</ButtonLink>
    </BlankPage>
  );
}
