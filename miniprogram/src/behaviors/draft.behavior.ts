import { ApiError, messageOf } from '../api/api-error'
import { read, remove, write, type StorageKey } from '../state/storage'

/** Messages by field name, shown beside the fields. */
export type FieldErrors = Record<string, string>

const NO_ERRORS: FieldErrors = {}

/**
 * A form that keeps typed values on the phone until the server has accepted them.
 * Fields have `data-field`, and their events are bound to `typed`.
 */
export function draftBehavior<F extends Record<string, string>>(empty: F) {
  return Behavior({
    data: { form: empty, errors: NO_ERRORS, formProblem: '', sending: false, draftKey: '' },
    methods: {
      /** @param name distinguishes drafts, for example by member id */
      restoreDraft(name: string): void {
        const draftKey: StorageKey = `draft:${name}`
        this.setData({ draftKey, form: { ...empty, ...(read<Partial<F>>(draftKey) ?? {}) } })
      },
      typed(event: WechatMiniprogram.CustomEvent): void {
        const field = String(event.currentTarget.dataset.field)
        // Vant sends the text itself, WeChat's own fields send { value }
        const detail = event.detail as unknown as string | { value: string }
        this.fill(field, typeof detail === 'object' ? detail.value : detail)
      },
      fill(field: string, value: string): void {
        const form: F = { ...this.data.form, [field]: value }
        this.setData({ form, [`errors.${field}`]: '' })
        if (this.data.draftKey) write(this.data.draftKey as StorageKey, form)
      },
      clearDraft(): void {
        if (this.data.draftKey) remove(this.data.draftKey as StorageKey)
        this.setData({ form: { ...empty }, errors: {}, formProblem: '' })
      },
      /** Runs one submission at a time. Field errors of the server are shown beside their fields. */
      async send(work: () => Promise<void>): Promise<void> {
        if (this.data.sending) return
        this.setData({ sending: true, errors: {}, formProblem: '' })
        try {
          await work()
        } catch (error) {
          const errors: FieldErrors = {}
          if (error instanceof ApiError)
            for (const { field, message } of error.fields) errors[field] = message
          this.setData({ errors, formProblem: Object.keys(errors).length ? '' : messageOf(error) })
        } finally {
          this.setData({ sending: false })
        }
      },
    },
  })
}
