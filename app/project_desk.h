// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProjectDesk: sees to it that nothing is lost. It follows Explorer and keeps what changed in a
// journal at once; it saves projects, knows whether anything is unsaved, owns the lock of the
// project's file, and offers what windows that ended left behind.
//
// A project file belongs to the window that opened it first. A second window opens it, too, but
// saves under another name.
//
// Thread rules: the GUI thread only; a Job writes, one change after another.

#include <QTimer>
#include <deque>

#include "app/explorer.h"
#include "app/journal.h"

namespace app {

class ProjectDesk : public QObject {
    Q_OBJECT

public:
    explicit ProjectDesk(Explorer& explorer, std::filesystem::path folder = journalFolder(),
                         QObject* parent = nullptr);

    /// True where something that was done is in no file under a name.
    bool isChanged() const { return m_isChanged; }
    /// True where all that was done is in the journal, or saved.
    bool isKept() const;
    /// What the journal holds, where it holds something unsaved.
    const Project& kept() const { return m_kept; }
    /// True where the project has a file that is this window's, so that saving needs no name.
    bool hasFile() const { return m_fileLock != nullptr; }
    /// "• kws.netcaliper" while something is unsaved, "kws.netcaliper, saved 14:03" afterwards.
    QString title() const;
    /// Writes what is not kept yet, before the window closes; returns whether all is kept. A
    /// journal of which nothing is unsaved is removed.
    bool finish();
    const std::vector<LeftWork>& left() const { return m_left; }
    /// Why nothing can be kept now; empty: it can.
    const QString& problem() const { return m_problem; }

public slots:
    /// Looks for work that was left behind.
    void lookForLeft();
    /// Opens the first offer.
    void recover();
    /// Takes the first offer away; its file is removed when the window closes, so that it can be
    /// undone till then.
    void discard();
    void undoDiscard();
    void save(const QString& path);

signals:
    /// What title() or isKept() say.
    void stateChanged();
    void kept();
    /// The list of left() changed.
    void leftChanged();
    void discarded(const QString& name);
    void failed(const QString& message);

private:
    struct Task {
        enum Kind { Write, Settle, Remove } kind;
        std::shared_ptr<Journal> journal;
        Project project = {};
    };
    struct Outcome;
    /// What the file under the project's name was when this window last read or wrote it.
    struct FileState {
        QDateTime time;
        qint64 size = -1;
        bool operator==(const FileState&) const = default;
    };
    static FileState stateOf(const QString& path);
    void followModel();
    void retireJournal();
    void noteChange();
    void look();
    void enqueue(Task task);
    void work();
    static Outcome workThrough(const std::deque<Task>& tasks);
    void take(const Outcome& outcome);
    std::unique_ptr<QLockFile> lockFile(const QString& path);
    std::shared_ptr<Journal> takeOffer(const QString& journal);
    void adoptSaved(const QString& path);
    Project unsavedProject() const;

    Explorer& m_explorer;
    std::filesystem::path m_folder;
    std::shared_ptr<Journal> m_journal;
    std::unique_ptr<QLockFile> m_fileLock;    ///< of the project's file; null: it has none
    std::unique_ptr<QLockFile> m_savingLock;  ///< of the file under a new name
    FileState m_fileState;
    QDateTime m_savedAt;
    Project m_now, m_kept;
    std::optional<Project> m_saved, m_saving;
    bool m_isChanged = false, m_isJournalUsed = false;
    QString m_problem;
    std::deque<Task> m_tasks;
    QTimer m_untilLook, m_untilSettle, m_untilRetry;
    Job m_writing, m_looking;
    std::vector<LeftWork> m_left, m_discarded;
    std::shared_ptr<Journal> m_recovered;  ///< removed once its work is in the own journal
};

}  // namespace app
