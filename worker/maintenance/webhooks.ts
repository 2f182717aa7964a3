import { setTimeout as delay } from 'node:timers/promises';
import type { Delivery } from '#lib/webhooks/deliveries';
import { claimDeliveries, nextDueAt } from '#lib/webhooks/sending';
import { type AttemptOptions, attemptDelivery, type SendingContext } from './webhook-attempt.ts';

/** Deliveries that a worker sends at once. */
const AT_ONCE = 8;
/** Of them to one webhook, by all workers together. */
const PER_WEBHOOK = 2;
const TIMEOUT_MS = 15_000;
/** Longer than an attempt can take, so that none is sent a second time while it is under way. */
const LEASE_MS = 30_000;
/** Others may have work for us at any moment: a look is one step in an index. */
const LOOK_EVERY_MS = 1_000;

/** Sends webhook deliveries as they fall due, those of other processes within a second. One per worker. */
export class WebhookSender {
  readonly #context: SendingContext;
  readonly #attempt: AttemptOptions;
  readonly #underWay = new Set<Promise<void>>();
  #stopping = false;
  #wake: () => void = () => undefined;
  #loop: Promise<void> | undefined;

  constructor(context: SendingContext, attempt: Partial<AttemptOptions> = {}) {
    this.#context = context;
    this.#attempt = { timeoutMs: TIMEOUT_MS, random: Math.random, ...attempt };
  }

  start(): void {
    this.#loop ??= this.#sendUntilStopped();
  }

  /** Begin nothing more, and wait for what is under way, at most `drainMs`: the rest is sent again after its lease. */
  async drain(drainMs: number): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#loop;
    await Promise.race([this.idle(), delay(drainMs, undefined, { ref: false })]);
  }

  /** Begin what is due, as far as there is room. Resolves once it has begun, with when the next is due, if any. */
  async sendDue(): Promise<number | null> {
    const { db, clock } = this.#context;
    const dueAt = await nextDueAt({}).run(db);
    const limit = AT_ONCE - this.#underWay.size;
    if (dueAt === null || dueAt > clock() || limit <= 0) return dueAt;
    const claim = { limit, perWebhook: PER_WEBHOOK, leaseMs: LEASE_MS };
    for (const delivery of await claimDeliveries(db, claim, clock())) this.#begin(delivery);
    return dueAt;
  }

  /** Resolves once nothing that was begun is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #sendUntilStopped(): Promise<void> {
    while (!this.#stopping) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const dueAt = await this.sendDue().catch((error) => {
        this.#context.log.error({ err: error }, 'webhooks not looked at');
        return null;
      });
      const timer = setTimeout(this.#wake, this.#restMs(dueAt));
      await woken;
      clearTimeout(timer);
    }
  }

  /** What is due and was not begun has to wait for something that is under way. */
  #restMs(dueAt: number | null): number {
    const untilDue = (dueAt ?? 0) - this.#context.clock();
    return untilDue > 0 ? Math.min(untilDue, LOOK_EVERY_MS) : LOOK_EVERY_MS;
  }

  #begin(delivery: Delivery): void {
    const attempt = attemptDelivery(this.#context, delivery, this.#attempt)
      // Its lease runs out, and it is sent again.
      .catch((error) =>
        this.#context.log.error({ err: error, deliveryId: delivery.id }, 'delivery not settled'),
      )
      .finally(() => {
        this.#underWay.delete(attempt);
        this.#wake();
      });
    this.#underWay.add(attempt);
  }
}
