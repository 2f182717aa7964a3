import { BlankPage } from '#components/ui/blank-page';
import { ButtonLink } from '#components/ui/button';

export default function NotFound() {
  return (
    <main className="mx-auto max-w-[90rem] px-4 sm:px-6 lg:px-10">
      <BlankPage
        title="Nothing on this sheet"
        body="There is no such page here, or it belongs to somebody else. It may also have been deleted."
      >
        <ButtonLink href="/" look="primary">
          Studio
        </ButtonLink>
        <ButtonLink href="/jobs">Jobs</ButtonLink>
      </BlankPage>
    </main>
  );
}
