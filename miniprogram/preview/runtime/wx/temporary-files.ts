/** Files the app knows by path. Paths are blob URLs, so that pictures can show them. */
const files = new Map<string, File>()

export interface ChosenFile {
  path: string
  name: string
  size: number
  type: string
  time: number
}

export function keepFile(file: File): ChosenFile {
  const path = URL.createObjectURL(file)
  files.set(path, file)
  const type = file.type.startsWith('image/') ? 'image' : file.type.startsWith('video/') ? 'video' : 'file'
  return { path, name: file.name, size: file.size, type, time: Math.floor(file.lastModified / 1000) }
}

/** @throws when no file was chosen or downloaded under this path. */
export function fileAt(path: string): File {
  const file = files.get(path)
  if (!file) throw new Error(`file "${path}" does not exist`)
  return file
}

/** Opens the browser's file dialog. @throws "cancel" when it is closed without a choice. */
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
    input.addEventListener('change', () => resolve(Array.from(input.files ?? [], keepFile).slice(0, count)))
    input.addEventListener('cancel', () => reject(new Error('cancel')))
    input.click()
  })
}
