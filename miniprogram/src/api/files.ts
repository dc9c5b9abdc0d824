import { ApiError, offlineError } from './api-error'
import { underKey } from './attempt-key'
import { withToken } from './client'
import { urlOf, type Answer, type Query } from './transport'

/** Long enough for a file of 32 MiB on a slow connection. The server waits one minute longer. */
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

/** File types that the phone can open in its viewer. */
export type DocumentType = 'xlsx' | 'pdf'

/**
 * Fetches a file and opens it in WeChat's viewer, where the person can forward or save it.
 * @throws {ApiError}
 */
export async function openFile(
  path: string,
  fileType: DocumentType,
  query: Query = {},
  header: Record<string, string> = {},
): Promise<void> {
  const answer = await withToken((bearer) =>
    fetchFile(urlOf(path, query), { ...header, authorization: bearer }),
  )
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

function fetchFile(url: string, header: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url,
      header,
      timeout: TRANSFER_TIMEOUT_MS,
      success: ({ statusCode, tempFilePath }) => {
        // an error answer is downloaded as a file too; the error is in its text
        if (statusCode < 400) resolve({ status: statusCode, body: tempFilePath })
        else resolve({ status: statusCode, body: parsed(textOf(tempFilePath)) })
      },
      fail: () => reject(offlineError()),
    })
  })
}

/** wx.uploadFile returns the answer as text, whatever its content type. */
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
