import { speechPlugin } from './config'

/** The part of WeChat's 同声传译 plugin that is used here. */
interface SpeechPlugin {
  textToSpeech(options: {
    lang: 'zh_CN'
    tts: true
    content: string
    success(result: { filename: string }): void
    fail(): void
  }): void
}

const plugin = findPlugin()
let player: WechatMiniprogram.InnerAudioContext | null = null

/** Whether text can be read aloud. Otherwise the speak button must not be drawn. */
export const canSpeak = plugin !== null

/** The plugin refuses texts longer than about 1000 bytes. */
const MAX_CHARACTERS = 300

/** Reads a text aloud and stops the previous one. */
export function speak(text: string): void {
  if (!plugin) return
  player?.stop()
  plugin.textToSpeech({
    lang: 'zh_CN',
    tts: true,
    content: text.slice(0, MAX_CHARACTERS),
    success: ({ filename }) => play(filename),
    fail: () => void wx.showToast({ title: '现在读不出来，请稍后再试', icon: 'none' }),
  })
}

function play(source: string): void {
  player ??= wx.createInnerAudioContext()
  player.src = source
  player.play()
}

function findPlugin(): SpeechPlugin | null {
  try {
    return (requirePlugin(speechPlugin) as SpeechPlugin | undefined) ?? null
  } catch {
    // app.json does not declare it
    return null
  }
}
