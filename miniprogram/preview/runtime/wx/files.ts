import { element } from '../engine/element.js'
import { openLayer } from '../overlays/layer.js'
import { api, type Callbacks } from './api.js'
import { getFileSystemManager } from './file-system.js'
import { stringHeader } from './request.js'
import { chooseFiles, fileAt, keepFile, type ChosenFile } from './temporary-files.js'

interface UploadOptions {
  url: string
  filePath: string
  name: string
  header?: Record<string, unknown>
  formData?: Record<string, unknown>
}

interface DownloadOptions {
  url: string
  header?: Record<string, unknown>
}

type ProgressListener = (progress: { progress: number }) => void

interface TransferTask {
  abort(): void
  onProgressUpdate(listener: ProgressListener): void
  offProgressUpdate(listener: ProgressListener): void
}

/** Uploads and downloads return a task. Without callbacks the task is also a promise. */
function transfer<Options extends object>(
  name: string,
  move: (options: Options, signal: AbortSignal) => Promise<object>,
) {
  return (options: Options & Callbacks): TransferTask | (TransferTask & Promise<object>) => {
    const abort = new AbortController()
    const listeners = new Set<ProgressListener>()
    const run = api(name, async (given: Options) => {
      const result = await move(given, abort.signal)
      for (const listener of listeners) listener({ progress: 100 })
      return result
    })
    const task: TransferTask = {
      abort: () => abort.abort(),
      onProgressUpdate: (listener) => void listeners.add(listener),
      offProgressUpdate: (listener) => void listeners.delete(listener),
    }
    return Object.assign(run(options) ?? {}, task)
  }
}

async function upload(options: UploadOptions, signal: AbortSignal): Promise<object> {
  const body = new FormData()
  for (const [name, value] of Object.entries(options.formData ?? {})) body.append(name, String(value))
  const { file } = fileAt(options.filePath)
  body.append(options.name, file, file.name)
  const headers = new Headers(stringHeader(options.header))
  // The browser sets the content type itself, with the boundary between the parts.
  headers.delete('content-type')
  const response = await fetch(options.url, { method: 'POST', headers, body, signal })
  return { statusCode: response.status, data: await response.text() }
}

async function download({ url, header }: DownloadOptions, signal: AbortSignal): Promise<object> {
  const response = await fetch(url, { headers: stringHeader(header), signal })
  const blob = await response.blob()
  const name = fileName(response) ?? new URL(response.url).pathname.split('/').at(-1) ?? ''
  const { path, size } = await keepFile(new File([blob], name, { type: blob.type }))
  return {
    statusCode: response.status,
    tempFilePath: path,
    dataLength: size,
    header: Object.fromEntries(response.headers),
  }
}

function fileName(response: Response): string | undefined {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return encoded ? decodeURIComponent(encoded) : /filename="?([^";]+)"?/i.exec(disposition)?.[1]
}

/** A browser cannot show Office files, so a dialog offers the document as a download. */
function openDocument({ filePath }: { filePath: string }): void {
  const { file } = fileAt(filePath)
  const layer = openLayer({ kind: 'sheet', label: '文件', onDismiss: () => undefined })
  const link = element('a', 'preview-document', '保存到本机')
  link.href = filePath
  link.download = file.name
  layer.panel.append(
    element('p', 'preview-sheet-hint', `${file.name}（${Math.ceil(file.size / 1024)} KB）`),
    link,
    layer.button('关闭', () => layer.dismiss(), 'preview-sheet-item preview-sheet-cancel'),
  )
}

const asMedia = (file: ChosenFile): object => ({
  tempFilePath: file.path,
  size: file.size,
  fileType: file.type,
})

interface ChoiceOptions {
  count?: number
  extension?: string[]
}

export const files = {
  uploadFile: transfer('uploadFile', upload),
  downloadFile: transfer('downloadFile', download),
  openDocument: api('openDocument', openDocument),
  saveFile: api('saveFile', ({ tempFilePath }: { tempFilePath: string }) => {
    fileAt(tempFilePath)
    return { savedFilePath: tempFilePath }
  }),
  getFileSystemManager,
  chooseMessageFile: api('chooseMessageFile', async ({ count = 100, extension = [] }: ChoiceOptions) => ({
    tempFiles: await chooseFiles({
      count,
      accept: extension.map((type) => `.${type.replace(/^\./, '')}`).join(','),
    }),
  })),
  chooseMedia: api('chooseMedia', async ({ count = 9 }: ChoiceOptions) => ({
    type: 'image',
    tempFiles: (await chooseFiles({ count, accept: 'image/*' })).map(asMedia),
  })),
  previewImage: api('previewImage', ({ current, urls }: { current?: string; urls: string[] }) => {
    const layer = openLayer({ kind: 'dialog', label: '图片', onDismiss: () => undefined })
    const picture = element('img', 'preview-picture')
    picture.alt = '图片'
    picture.src = current ?? urls[0] ?? ''
    layer.panel.append(
      picture,
      layer.button('关闭', () => layer.dismiss(), 'preview-sheet-item'),
    )
  }),
}
