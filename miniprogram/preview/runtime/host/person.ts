const KEY = 'preview:person'

/** Who holds this phone: the query parameter, then what this browser tab remembers. */
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
