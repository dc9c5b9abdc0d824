/** The output of the build for the app; see build/bundle.ts. */
declare module 'preview:bundle' {
  export const manifest: import('../shared/app-manifest.js').AppManifest
  /** CSS by logical path, with the marks of shared/style-marks.ts. */
  export const styles: Readonly<Record<string, string>>
  export const templates: Readonly<Record<string, import('glass-easel-miniprogram-adapter').CompiledTemplate>>
}

/** Importing it runs app.ts and every page and component of the app. */
declare module 'preview:scripts' {}
