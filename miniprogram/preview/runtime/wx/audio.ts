import { localSource } from '../builtins/image.js'
import { fallSilent, speakAloud, spokenText } from './speech.js'

type Listener = (event: object) => void

/** WeChat's event name → event name of the audio element. */
const EVENTS: Record<string, string> = {
  Canplay: 'canplay',
  Play: 'play',
  Pause: 'pause',
  Ended: 'ended',
  TimeUpdate: 'timeupdate',
  Error: 'error',
  Waiting: 'waiting',
  Seeked: 'seeked',
}

class InnerAudioContext {
  private readonly audio = new Audio()
  /** The text to speak when the source is not a sound file. */
  private text: string | null = null
  private readonly stopListeners = new Set<Listener>()

  get src(): string {
    return this.audio.src
  }

  set src(source: string) {
    this.text = spokenText(source)
    if (this.text === null) this.audio.src = localSource(source)
  }

  get currentTime(): number {
    return this.audio.currentTime
  }

  get duration(): number {
    return this.audio.duration || 0
  }

  get paused(): boolean {
    return this.audio.paused
  }

  get playbackRate(): number {
    return this.audio.playbackRate
  }

  set playbackRate(rate: number) {
    this.audio.playbackRate = rate
  }

  get loop(): boolean {
    return this.audio.loop
  }

  set loop(isLooping: boolean) {
    this.audio.loop = isLooping
  }

  play(): void {
    if (this.text !== null) return speakAloud(this.text)
    // The error event reports a source that cannot be played.
    this.audio.play().catch(() => undefined)
  }

  pause(): void {
    this.audio.pause()
  }

  stop(): void {
    if (this.text !== null) fallSilent()
    this.audio.pause()
    this.audio.currentTime = 0
    for (const listener of this.stopListeners) listener({})
  }

  seek(seconds: number): void {
    this.audio.currentTime = seconds
  }

  destroy(): void {
    this.audio.pause()
    this.audio.removeAttribute('src')
  }

  onStop(listener: Listener): void {
    this.stopListeners.add(listener)
  }

  listen(type: string, listener: Listener): void {
    this.audio.addEventListener(type, () => listener({ errMsg: this.audio.error?.message ?? '' }))
  }
}

export function createInnerAudioContext(): InnerAudioContext {
  const context = new InnerAudioContext()
  const listeners = Object.entries(EVENTS).map(([name, type]) => [
    `on${name}`,
    (listener: Listener) => context.listen(type, listener),
  ])
  return Object.assign(context, Object.fromEntries(listeners) as object)
}
