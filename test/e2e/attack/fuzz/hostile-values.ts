import fc from 'fast-check'

/** Texts that have broken something somewhere. */
export const TEXTS: readonly string[] = [
  ...[
    '',
    ' ',
    '\t',
    'null',
    'undefined',
    'true',
    '-1',
    '-0',
    'NaN',
    'Infinity',
    '1e400',
    '0x1F',
    '１２',
    '1.5',
  ],
  ...[
    '9'.repeat(40),
    '9007199254740993',
    '2026-13',
    '0000-00',
    '9999-99',
    '9999-12',
    '0001-01',
    '2026-13-45',
  ],
  ...["'", '"', '\\', "\\'", '`', '%', '_', '%%%', '/*', "' OR '1'='1' -- ", "'; DROP TABLE member; -- "],
  ...["' UNION SELECT idNumber, phone FROM member -- ", "x' AND SLEEP(5) -- ", 'a\\', '0 OR 1=1', '!%_!'],
  ...['{"$ne":null}', '{{7*7}}', '${7*7}', '#{7*7}', '<script>alert(1)</script>', '*)(uid=*))(|(uid=*'],
  ...[
    '../../../../etc/passwd',
    '..\\..\\windows\\system.ini',
    'file:///etc/passwd',
    '%s%n%x%p%d',
    '$(id)',
    '|id',
  ],
  ...[
    'a\r\nSet-Cookie: a=b',
    'a\nb',
    '\u0000',
    'a\u0000b',
    '\u001b[2J',
    '\u202e右至左',
    '\u200b',
    '\ufeff',
    '\u2028',
  ],
  ...[
    '\ud800',
    '\udc00',
    'a\ud83d',
    '\uffff',
    '\u{10ffff}',
    '😀',
    '👨‍👩‍👧‍👦',
    'e\u0301',
    '𠮷',
    'ﷺ',
    'İ',
    'ß',
    '王秀兰',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'length', 'admin', '*'],
  ...['a'.repeat(26), '0'.repeat(26), 'a'.repeat(61), 'a'.repeat(129), 'a'.repeat(201), 'a'.repeat(1001)],
  ...['长'.repeat(5_000), ' '.repeat(10_000), '\u0301'.repeat(2_000), '😀'.repeat(129)],
]

const DEEP = 40_000
const nested = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}1${close.repeat(depth)}`

/** Pieces put where JSON expects a value; some are no JSON at all. */
const JSON_PIECES: readonly string[] = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '-1',
    '0.1',
    '1e400',
    '-1e400',
    '1e308',
    '5e-324',
    '9007199254740993',
  ],
  ...['123456789012345678901234567890', '[]', '{}', '[[]]', '[null]', '[{}]', '{"$gt":""}', '{"length":1e9}'],
  ...['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"toString":1}'],
  ...['{"then":"x"}', '{"toJSON":"x"}', '{"0":"x","length":1}', '[1,[2,[3]]]', '{"a":1,"a":2}', '["a","a"]'],
  ...[
    '"\\ud800"',
    '"\\u0000"',
    '"\\u2028"',
    'NaN',
    'undefined',
    "'x'",
    '01',
    '"open',
    '1 /* x */',
    '1,',
    ']',
    '}',
  ],
  ...[nested('[', ']', 9), nested('{"a":', '}', 9), nested('[', ']', DEEP), nested('{"a":', '}', 20_000)],
  ...[`[${'1,'.repeat(6_000)}1]`, `[${'"x",'.repeat(2_000)}"x"]`, `[${'{},'.repeat(300)}{}]`],
  ...[`"${'a'.repeat(200_000)}"`, `"${'a'.repeat(300_000)}"`, `"${'\\u0000'.repeat(1000)}"`],
]

/** Segments of an address as bytes on the wire. */
const SEGMENTS: readonly string[] = [
  ...['', '.', '..', '%2e%2e', '%2f', '%5c', '%00', '%zz', '%', '%c0%ae', '%ed%a0%80', '%ff', '%F0%9F%98%80'],
  ...[
    ';a=b',
    '*',
    ':id',
    '{id}',
    '__proto__',
    'constructor',
    'current',
    '..%2f..%2fme',
    '%0d%0aX-A:%20b',
    'ÿþ',
  ],
  ...[
    'a'.repeat(64),
    'a'.repeat(65),
    'a'.repeat(101),
    'a'.repeat(4_000),
    'a'.repeat(12_000),
    "'%20OR%20'1'='1",
  ],
]

const HEADER_VALUES: readonly string[] = [
  ...[
    '',
    ' ',
    'x',
    '\t',
    'a,b',
    '"',
    "' OR '1'='1",
    '\u00ff\u00fe',
    '%0d%0a',
    '__proto__',
    '0',
    '-1',
    'null',
  ],
  ...[
    'application/json',
    'application/json; charset=utf-16',
    'application/json; charset=nonsense',
    'text/plain',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    '*/*',
    '//',
  ],
  ...[
    'application/problem+json',
    'gzip',
    'br, gzip',
    'identity',
    'DELETE',
    'PUT',
    'bytes=0-',
    '127.0.0.1',
    '::',
  ],
  ...[
    'Bearer',
    'Bearer ',
    'bearer x',
    'Bearer a.b.c',
    'Bearer null',
    'Basic Og==',
    'Bearer a b',
    '1.0.0',
    '*',
  ],
  ...['a'.repeat(8), 'a'.repeat(64), 'a'.repeat(65), 'a'.repeat(1_000), 'a'.repeat(8_000), 'key-1234567'],
]

/** Made once: fast-check makes a table of all characters for each. */
const ANY_TEXT = fc.string({ unit: 'binary', maxLength: 40 })
const ANY_JSON = fc.jsonValue().map((value) => JSON.stringify(value))

const hostileText = (ids: readonly string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: ANY_TEXT },
  )

/** A text percent-encoded as UTF-8; halves of surrogate pairs as nobody's encoder would write them. */
const encoded = (text: string): string =>
  [...text]
    .map((character) =>
      /\p{Cs}/u.test(character)
        ? [...Buffer.from([0xed, 0xa0, 0x80])].map((byte) => `%${byte.toString(16)}`).join('')
        : encodeURIComponent(character),
    )
    .join('')

export const jsonPiece = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...JSON_PIECES) },
    { weight: 3, arbitrary: hostileText(ids).map((text) => JSON.stringify(text)) },
    { weight: 1, arbitrary: ANY_JSON },
  )

export const segment = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...SEGMENTS), hostileText(ids).map(encoded), fc.constantFrom(...ids))

export const queryValue = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: hostileText(ids).map(encoded) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('%zz', '%', '%ff', '%ed%a0%80', '%c0%80', '+', 'ÿ', '=', '#', '[', 'a&b'),
    },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(3_000), '%E9%95%BF'.repeat(500), '[]='.repeat(500)) },
  )

export const headerValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HEADER_VALUES) },
  { weight: 1, arbitrary: fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,60}$/) },
)

/** Names of things a caller might hope to set, and of what every object has. */
export const UNASKED_NAMES: readonly string[] = [
  ...[
    'id',
    'state',
    'amountFen',
    'unitId',
    'memberId',
    'accountId',
    'openid',
    'role',
    'grants',
    'actor',
    'path',
  ],
  ...[
    'createdAt',
    'paidAt',
    'decidedBy',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'then',
    '',
    '$where',
  ],
  ...['0', 'colour', 'a.b', 'a[b]', '颜色', '\u0000', 'x'.repeat(2_000)],
]

export const wholeBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom(
      ...[
        '',
        ' ',
        '{',
        '}',
        '[]',
        'null',
        '0',
        '"text"',
        '{}{}',
        '\ufeff{}',
        '{"a":1',
        'a=1&b=2',
        '--x--\r\n',
      ],
      ...['<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
      ...['[1]', '{"__proto__":{"polluted":1}}', nested('[', ']', DEEP), 'x'.repeat(300_000)],
    )
    .map((text) => Buffer.from(text)),
  fc.constantFrom(
    Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
  ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
)
