/** WeChat's speech plugin returns a sound file. Here the "file" contains the text, and the browser speaks it. */
const SCHEME = 'preview-speech:'

interface TextToSpeech {
  content: string
  success?: (result: { retcode: number; filename: string }) => void
}

/** The text-to-speech part of WeChat's 同声传译 plugin. */
const wechatSI = {
  textToSpeech({ content, success }: TextToSpeech): void {
    success?.({ retcode: 0, filename: `${SCHEME}${encodeURIComponent(content)}` })
  },
}

/** Plugins that can be required by name. */
export const plugins: Readonly<Record<string, object>> =
  'speechSynthesis' in globalThis ? { WechatSI: wechatSI } : {}

/** @returns the text of a source that is to be spoken; null for every other source. */
export function spokenText(source: string): string | null {
  return source.startsWith(SCHEME) ? decodeURIComponent(source.slice(SCHEME.length)) : null
}

/** Stops the current speech, as a player stops its previous file. */
export function speakAloud(text: string): void {
  speechSynthesis.cancel()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = 'zh-CN'
  speechSynthesis.speak(utterance)
}

export function fallSilent(): void {
  speechSynthesis.cancel()
}
