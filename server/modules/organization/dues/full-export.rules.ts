/** People in a file that one person may take alone: our choice, about one large branch. */
export const EXPORT_ALONE_PEOPLE = 50

/** Hours for which an approved file may be downloaded: our choice, a working day and the evening. */
export const EXPORT_READY_HOURS = 24
