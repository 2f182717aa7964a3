import { AVFMT_FLAG_BITEXACT, AVFMT_GLOBALHEADER } from 'node-av/constants';
import { type CodecContext, Dictionary, FormatContext, type Packet, type Stream } from 'node-av/lib';
import { check } from './check.ts';
import type { FormatRecipe } from './formats.ts';

/** A file of one video stream, written as packets come. */
export interface Container {
  /** Whether what every frame needs stands once in the file's head, and not in each packet. */
  readonly wantsGlobalHeader: boolean;
  /** Write the head, for packets of this encoder. */
  start(encoder: CodecContext): Promise<void>;
  write(packet: Packet): Promise<void>;
  /** Write the end, and whatever only then is known. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Same packets, same bytes: it holds no time of its making and no names of its makers, only the `comment` given. */
export function openContainer(path: string, recipe: FormatRecipe, comment: string | null): Container {
  const file = new FormatContext();
  check(file.allocOutputContext2(null, recipe.container, path), 'opening the container');
  file.setFlags(AVFMT_FLAG_BITEXACT);
  if (comment !== null) file.metadata = Dictionary.fromObject({ comment });
  let stream: Stream;
  return {
    wantsGlobalHeader: file.oformat!.hasFlags(AVFMT_GLOBALHEADER),
    async start(encoder) {
      stream = file.newStream();
      stream.timeBase = encoder.timeBase;
      stream.avgFrameRate = encoder.framerate;
      check(stream.codecpar.fromContext(encoder), 'describing the stream');
      check(await file.openOutput(), 'opening the file');
      check(await file.writeHeader(Dictionary.fromObject({ ...recipe.muxing })), 'writing the head');
    },
    async write(packet) {
      packet.rescaleTs(packet.timeBase, stream.timeBase);
      packet.streamIndex = stream.index;
      check(await file.interleavedWriteFrame(packet), 'writing a frame');
    },
    async finish() {
      check(await file.writeTrailer(), 'writing the end');
    },
    async close() {
      await file.closeOutput();
      file.freeContext();
    },
  };
}
