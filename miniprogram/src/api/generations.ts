import type {
  GenerateDues,
  Generation,
  GenerationList,
  GenerationPreview,
} from '../../../server/contracts/organization/generation.js'
import { call } from './client'

export const previewGeneration = (month: string, unitId?: string) =>
  call<GenerationPreview>('GET', '/dues-generations/preview', { query: { month, unitId } })
export const startGeneration = (body: GenerateDues) => call<Generation>('POST', '/dues-generations', { body })
export const readGeneration = (id: string) => call<Generation>('GET', `/dues-generations/${id}`)
export const listGenerations = () => call<GenerationList>('GET', '/dues-generations')
