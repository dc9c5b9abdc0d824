/**
 * Groups (16 bits each) of an IPv6 address that identify a subscriber's network. The subscriber can change the rest
 * for every request.
 */
const SUBSCRIBER_GROUPS = 4

/**
 * The key under which the requests of an address are counted: for IPv4 the address, also when it is written as IPv6
 * (`::ffff:1.2.3.4`); for IPv6 the network of one subscriber.
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
