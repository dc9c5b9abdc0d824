/** A refused control call: 400 for bad input, 404 for an unknown object, 409 for a wrong state. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message)
  }
}
