import type {
  CorrectPost,
  EndPost,
  HoldPost,
  UnitPostHistory,
  UnitPostList,
} from '../../../server/contracts/organization/unit-post.js'
import { call } from './client'

/** @param day `YYYY-MM-DD`; today when empty */
export const listPosts = (unitId: string, day = '') =>
  call<UnitPostList>('GET', `/units/${unitId}/posts`, day ? { query: { day } } : {})
export const listPostHistory = (unitId: string) =>
  call<UnitPostHistory>('GET', `/units/${unitId}/posts/history`)
export const holdPost = (unitId: string, body: HoldPost) =>
  call<UnitPostList>('POST', `/units/${unitId}/posts`, { body })
export const endPost = (unitId: string, postId: string, body: EndPost) =>
  call<UnitPostList>('POST', `/units/${unitId}/posts/${postId}/ending`, { body })
export const correctPost = (unitId: string, postId: string, body: CorrectPost) =>
  call<UnitPostList>('POST', `/units/${unitId}/posts/${postId}/correction`, { body })
export const withdrawPost = (unitId: string, postId: string, reason: string) =>
  call<UnitPostList>('POST', `/units/${unitId}/posts/${postId}/withdrawal`, { body: { reason } })
