import { POST_TITLES } from '../../../contracts/organization/unit-post.js'

/** Other titles come after those that are offered. */
const LAST = 99

/** In which order posts are listed, 1 first. */
export function listOrderOf(title: string): number {
  const index = (POST_TITLES as readonly string[]).indexOf(title)
  return index < 0 ? LAST : index + 1
}

/** 书记、副书记 in every form, such as 第一书记. The unit above decides about them. */
export const isLeading = (title: string): boolean => title.includes('书记')

/** The post of whoever answers for the unit: 书记, not 副书记. */
export const isSecretary = (title: string): boolean => title.endsWith('书记') && !title.includes('副')
