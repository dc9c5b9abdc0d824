/** A file of WeChat's speech plugin is, here, the text itself: the browser speaks it when it is played. */
const SCHEME = 'preview-speech:'

interface TextToSpeech {
  content: string
  success?: (result: { retcode: number; filename: string }) => void
}

/** WeChat's 同声传译 plugin, as far as reading aloud goes. */
const wechatSI = {
  textToSpeech({ content, success }: TextToSpeech): void {
    success?.({ retcode: 0, filename: `${SCHEME}${encodeURIComponent(content)}` })
  },
}

/** Plugins that can be required by name. */
export const plugins: Readonly<Record<string, object>> =
  'speechSynthesis' in globalThis ? { WechatSI: wechatSI } : {}

/** @returns the text behind a source that is to be spoken, null for every other source. */
export function spokenText(source: string): string | null {
  return source.startsWith(SCHEME) ? decodeURIComponent(source.slice(SCHEME.length)) : null
}

/** Ends what is being spoken, as one player does for the file it played before. */
export function speakAloud(text: string): void {
  speechSynthesis.cancel()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = 'zh-CN'
  speechSynthesis.speak(utterance)
}

export function fallSilent(): void {
  speechSynthesis.cancel()
}
