/** Temporary files by path. A path is a blob URL, so that images can show it. */
const files = new Map<string, KeptFile>()

interface KeptFile {
  file: File
  /** Read in advance, because the app may read the content synchronously. */
  bytes: ArrayBuffer
}

export interface ChosenFile {
  path: string
  name: string
  size: number
  type: string
  time: number
}

export async function keepFile(file: File): Promise<ChosenFile> {
  const path = URL.createObjectURL(file)
  files.set(path, { file, bytes: await file.arrayBuffer() })
  const type = file.type.startsWith('image/') ? 'image' : file.type.startsWith('video/') ? 'video' : 'file'
  return { path, name: file.name, size: file.size, type, time: Math.floor(file.lastModified / 1000) }
}

/** @throws when there is no file with this path. */
export function fileAt(path: string): KeptFile {
  const kept = files.get(path)
  if (!kept) throw new Error(`file "${path}" does not exist`)
  return kept
}

/** Opens the browser's file dialog. @throws "cancel" when the person closes it without a choice. */
export function chooseFiles({
  accept = '',
  count = 1,
}: {
  accept?: string
  count?: number
}): Promise<ChosenFile[]> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.multiple = count > 1
    input.addEventListener('change', () => {
      const chosen = Array.from(input.files ?? []).slice(0, count)
      Promise.all(chosen.map(keepFile)).then(resolve, reject)
    })
    input.addEventListener('cancel', () => reject(new Error('cancel')))
    input.click()
  })
}
