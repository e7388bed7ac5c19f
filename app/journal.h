// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Journal: the project of a running window as it is now, in a project file of its own in the user's
// data folder. A window that ends with everything saved removes its journal. One that a process
// left behind, however it ended, is found at the next start.
//
// A lock file beside the journal names the process that owns it; the lock of a process that does
// not run any more is no lock.
//
// Thread rules: every function may be called by any thread; a call waits for the one before.

#include <QDateTime>
#include <QLockFile>
#include <QString>
#include <memory>
#include <mutex>
#include <optional>

#include "app/project_writer.h"

namespace app {

class Journal {
public:
    /// A new journal in `folder`, both of which are made by the first write.
    static std::shared_ptr<Journal> begin(const std::filesystem::path& folder);
    /// One that was left behind; null where a running process owns it.
    static std::shared_ptr<Journal> claim(const std::filesystem::path& file);

    const std::filesystem::path& path() const { return m_path; }
    /// Afterwards the journal survives the end of the process.
    types::Result<void> write(const Project& project);
    /// Afterwards it survives a power cut.
    types::Result<void> settle();
    /// Removes the file; nothing is written any more.
    void remove();

private:
    explicit Journal(const std::filesystem::path& file);
    types::Result<void> open();

    const std::filesystem::path m_path;
    std::mutex m_mutex;
    QLockFile m_lock;                       ///< the members from here on: guarded by m_mutex
    std::optional<ProjectWriter> m_writer;  ///< empty before the first write
    bool m_isRemoved = false;
};

/// Work that is in no file with a name.
struct LeftWork {
    std::shared_ptr<Journal> journal;
    QString name;      ///< of its project or model
    QString contents;  ///< "3 variations, 1 trained, 2 sessions"
    QDateTime time;    ///< of the last change
};

/// What processes left behind in the folder, the newest first. Journals without anything unsaved
/// are removed. One that cannot be read is renamed, so that it is named only once, in `problems`.
std::vector<LeftWork> leftWork(const std::filesystem::path& folder, QStringList& problems);

/// "3 variations, 1 trained, 2 sessions"; the original does not count.
QString contentsText(size_t variations, size_t trained, size_t sessions);

/// Of journals, in the user's data folder.
std::filesystem::path journalFolder();

}  // namespace app
