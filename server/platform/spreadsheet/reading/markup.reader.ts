import { SaxesParser } from 'saxes'
import { damaged, tooLarge, UnreadableFile } from './unreadable-file.error.js'

/** The parts of a workbook are five or six levels deep. */
const MAX_DEPTH = 64
/** Characters without a tag at most. The longest cell has 32,767. */
const MAX_SILENCE = 1024 * 1024

export interface MarkupListener {
  /** @param name without its prefix: some programs write x:row */
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/**
 * Reads a part of a workbook as it arrives. What only an attacker sends is refused at once: definitions of entities,
 * endless depth, text or attributes. Errors of the parser quote what it read, so they are replaced by UnreadableFile.
 */
export class MarkupReader {
  private readonly decoder = new TextDecoder()
  private readonly parser = new SaxesParser({ position: false, xmlns: false })
  private depth = 0
  private silence = 0

  constructor(listener: MarkupListener) {
    this.parser.on('doctype', () => {
      throw damaged()
    })
    this.parser.on('opentag', ({ name, attributes }) => {
      this.silence = 0
      this.depth += 1
      if (this.depth > MAX_DEPTH) throw tooLarge()
      listener.open?.(localName(name), attributes)
    })
    this.parser.on('closetag', ({ name }) => {
      this.silence = 0
      this.depth -= 1
      listener.close?.(localName(name))
    })
    if (listener.text) this.parser.on('text', listener.text)
  }

  write(bytes: Buffer): void {
    const text = this.decoder.decode(bytes, { stream: true })
    this.silence += text.length
    this.guarded(() => this.parser.write(text))
    if (this.silence > MAX_SILENCE) throw tooLarge()
  }

  end(): void {
    this.guarded(() => this.parser.write(this.decoder.decode()).close())
  }

  private guarded(parse: () => void): void {
    try {
      parse()
    } catch (error) {
      throw error instanceof UnreadableFile ? error : damaged()
    }
  }
}

/** Reads a whole part. @throws UnreadableFile */
export async function readMarkup(pieces: AsyncIterable<Buffer>, listener: MarkupListener): Promise<void> {
  const reader = new MarkupReader(listener)
  for await (const piece of pieces) reader.write(piece)
  reader.end()
}

const localName = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
