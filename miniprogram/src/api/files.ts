import { ApiError, offlineError } from './api-error'
import { underKey } from './attempt-key'
import { withToken } from './client'
import { urlOf, type Answer, type Query } from './transport'

/** A file of 32 MiB over a village connection; the server waits a minute longer. */
const TRANSFER_TIMEOUT_MS = 240_000

/** Sends one file with form fields. */
export async function upload<T>(path: string, filePath: string, fields: Record<string, string>): Promise<T> {
  const answer = await underKey(`${path} ${filePath} ${JSON.stringify(fields)}`, (key) =>
    withToken((bearer) =>
      send(urlOf(path), filePath, fields, { authorization: bearer, 'idempotency-key': key }),
    ),
  )
  return answer.body as T
}

/** What the phone opens in its viewer. */
export type DocumentType = 'xlsx' | 'pdf'

/**
 * Fetches a file and opens it in WeChat's viewer, from where it can be sent on or saved.
 * @throws {ApiError}
 */
export async function openFile(path: string, fileType: DocumentType, query: Query = {}): Promise<void> {
  const answer = await withToken((bearer) => fetchFile(urlOf(path, query), bearer))
  const filePath = answer.body as string
  await wx.openDocument({ filePath, fileType, showMenu: true }).catch(() => {
    throw new ApiError('problem', '手机打不开这个文件，请在电脑上的微信里打开', 'client.cannot-open', 0)
  })
}

function send(
  url: string,
  filePath: string,
  formData: Record<string, string>,
  header: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    wx.uploadFile({
      url,
      filePath,
      name: 'file',
      formData,
      header,
      timeout: TRANSFER_TIMEOUT_MS,
      success: ({ statusCode, data }) => resolve({ status: statusCode, body: parsed(data) }),
      fail: () => reject(offlineError()),
    })
  })
}

function fetchFile(url: string, bearer: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url,
      header: { authorization: bearer },
      timeout: TRANSFER_TIMEOUT_MS,
      success: ({ statusCode, tempFilePath }) => {
        // an error answer is downloaded like a file; only its text tells what went wrong
        if (statusCode < 400) resolve({ status: statusCode, body: tempFilePath })
        else resolve({ status: statusCode, body: parsed(textOf(tempFilePath)) })
      },
      fail: () => reject(offlineError()),
    })
  })
}

/** uploadFile answers text whatever its content type. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function textOf(filePath: string): string {
  try {
    return wx.getFileSystemManager().readFileSync(filePath, 'utf8') as string
  } catch {
    return ''
  }
}
