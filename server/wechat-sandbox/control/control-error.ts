/** A control call that cannot be carried out: 400 bad input, 404 no such thing, 409 not now. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message)
  }
}
