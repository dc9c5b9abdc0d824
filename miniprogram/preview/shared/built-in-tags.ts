/** Components of WeChat that the preview can draw. */
export const SUPPORTED_TAGS = [
  'view',
  'text',
  'root-portal',
  'page-meta',
  'button',
  'input',
  'textarea',
  'image',
  'icon',
  'progress',
  'switch',
  'slider',
  'checkbox',
  'checkbox-group',
  'radio',
  'radio-group',
  'label',
  'form',
  'navigator',
  'rich-text',
  'scroll-view',
  'swiper',
  'swiper-item',
  'picker',
] as const

/** Components of WeChat that the preview cannot draw. Using one is an error; it is never drawn as an empty box. */
export const UNSUPPORTED_TAGS = [
  'ad',
  'audio',
  'camera',
  'canvas',
  'channel-live',
  'cover-image',
  'cover-view',
  'editor',
  'functional-page-navigator',
  'keyboard-accessory',
  'live-player',
  'live-pusher',
  'map',
  'match-media',
  'movable-area',
  'movable-view',
  'navigation-bar',
  'official-account',
  'open-data',
  'page-container',
  'picker-view',
  'picker-view-column',
  'share-element',
  'video',
  'voip-room',
  'web-view',
] as const

/** Tags of the template language that are not components. */
export const TEMPLATE_TAGS = ['block', 'slot', 'template', 'import', 'include', 'wxs'] as const

export type SupportedTag = (typeof SUPPORTED_TAGS)[number]

/** The message of every refusal. There is only one wording, so that tests and people can search for it. */
export function unavailable(what: string): string {
  return `${what} is not available in the browser preview`
}
