const KEY = 'preview:person'

/** The owner of this phone: from the query parameter, otherwise as stored in this browser tab. */
export function currentPerson(): string {
  return sessionStorage.getItem(KEY) ?? ''
}

export function rememberPerson(id: string): void {
  sessionStorage.setItem(KEY, id)
}

/** Reads `?person=` of this page. */
export function takePersonFromAddress(): void {
  const id = new URLSearchParams(location.search).get('person')
  if (id) rememberPerson(id)
}
