/** Groups of an IPv6 address that a subscriber is given; the rest is theirs to choose, anew for every request. */
const SUBSCRIBER_GROUPS = 4

/**
 * What an address is counted under: an IPv4 address as it is, also where it comes in the clothes of IPv6, and of an
 * IPv6 address the network that one subscriber has.
 */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (embedded) return embedded[1] ?? address
  const [head = '', tail] = address.toLowerCase().split('::')
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return groups
    .slice(0, SUBSCRIBER_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'))
