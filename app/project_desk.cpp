// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_desk.h"

#include <QFileInfo>
#include <algorithm>

namespace app {
namespace {

/// Changes of one drag are kept together; what is done is kept this much later.
constexpr int kLookDelayMs = 20;
/// After the last change, until it is brought to the disk.
constexpr int kSettleMs = 3000;
constexpr int kRetryMs = 10'000;

/// True where both hold the same work. Where one looks is remembered, but is no work.
bool isSameWork(Project a, Project b) {
    for (Project* project : {&a, &b}) {
        if (project->workspace) {
            project->workspace->page.clear();
            project->workspace->layers.clear();
            project->workspace->layer = -1;
        }
        project->savedAs.clear();
        project->isUnsaved = false;
    }
    return a == b;
}

QString fileName(const QString& path) {
    return QFileInfo(path).fileName();
}

/// Hidden, beside the project.
QString lockPath(const QString& path) {
    const QFileInfo file(path);
    return file.absolutePath() + "/." + file.fileName() + ".lock";
}

}  // namespace

struct ProjectDesk::Outcome {
    std::shared_ptr<Journal> written;  ///< the journal of the last write that succeeded
    Project project;                   ///< what it holds
    QString problem;                   ///< of the last task that failed; empty: none
};

ProjectDesk::ProjectDesk(Explorer& explorer, std::filesystem::path folder, QObject* parent)
    : QObject(parent), m_explorer(explorer), m_folder(std::move(folder)) {
    for (QTimer* timer : {&m_untilLook, &m_untilSettle, &m_untilRetry})
        timer->setSingleShot(true);
    connect(&m_untilLook, &QTimer::timeout, this, &ProjectDesk::look);
    connect(&m_untilRetry, &QTimer::timeout, this, [this] {
        enqueue({Task::Write, m_journal, m_now});
    });
    connect(&m_untilSettle, &QTimer::timeout, this, [this] {
        enqueue({Task::Settle, m_journal, {}});
    });
    connect(&explorer, &Explorer::modelClosing, this, &ProjectDesk::look);
    connect(&explorer, &Explorer::modelOpened, this, &ProjectDesk::followModel);
    connect(&explorer, &Explorer::knobsChanged, this, &ProjectDesk::noteChange);
    connect(&explorer, &Explorer::pageChanged, this, &ProjectDesk::noteChange);
    connect(&explorer, &Explorer::projectSaved, this, &ProjectDesk::adoptSaved);
    connect(&explorer.feed(), &views::EvaluationFeed::triedChanged, this, &ProjectDesk::noteChange);
    connect(&explorer.selection(), &views::Selection::layerChanged, this, &ProjectDesk::noteChange);
    connect(&explorer.sessionBook(), &SessionBook::changed, this, &ProjectDesk::noteChange);
}

bool ProjectDesk::isKept() const {
    if (m_untilLook.isActive()) return false;
    // That nothing is unsaved any more is written, too, or the next start would offer what was
    // undone.
    return m_kept == m_now || (!m_isChanged && !m_isJournalUsed);
}

QString ProjectDesk::title() const {
    const QString name = m_explorer.path().isEmpty() && m_explorer.graph()
                             ? QString::fromStdString(m_explorer.graph()->name)
                             : fileName(m_explorer.path());
    if (m_isChanged) return QStringLiteral("• ") + name;
    return m_savedAt.isValid() ? tr("%1, saved %2").arg(name, m_savedAt.toString("hh:mm")) : name;
}

/// Evaluations are made anew.
Project ProjectDesk::unsavedProject() const {
    Project project = m_explorer.project();
    project.evaluations.clear();
    if (QFileInfo(m_explorer.path()).suffix() == kProjectEnding)
        project.savedAs = m_explorer.path().toStdString();
    return project;
}

/// A model as opened holds nothing that could be lost, but sessions that came along. What was
/// recovered is in no file under a name.
void ProjectDesk::followModel() {
    retireJournal();
    m_journal = Journal::begin(m_folder);
    m_savedAt = {};
    m_kept = m_now = {};
    const QString path = m_explorer.path();
    const bool isProject = QFileInfo(path).suffix() == kProjectEnding;
    const bool isRecovered = !m_explorer.recoveredFrom().isEmpty();
    m_saved = unsavedProject();
    if (!isProject) m_saved->sessions.clear();
    if (isRecovered) m_saved.reset();
    m_recovered = isRecovered ? takeOffer(m_explorer.recoveredFrom()) : nullptr;
    m_fileState = isProject && !isRecovered ? stateOf(path) : FileState();
    m_fileLock = nullptr;
    if (isProject) m_fileLock = lockFile(path);
    look();
    emit stateChanged();
}

/// The journal of the model before: it stays where it holds unsaved work.
void ProjectDesk::retireJournal() {
    if (!m_journal) return;
    if (m_isChanged && m_isJournalUsed) {
        const QString savedAs = QString::fromStdString(m_now.savedAs);
        const QString name =
            savedAs.isEmpty() ? QString::fromStdString(m_now.graph->name) : fileName(savedAs);
        const auto trained = std::ranges::count_if(
            m_now.trained, [](const auto& model) { return model != nullptr; });
        m_left.insert(m_left.begin(),
                      {m_journal, name,
                       contentsText(m_now.variations.size(), static_cast<size_t>(trained),
                                    m_now.sessions.size()),
                       QDateTime::currentDateTime()});
        emit leftChanged();
    } else {
        enqueue({Task::Remove, m_journal, {}});
    }
    m_journal = nullptr;
    m_isChanged = m_isJournalUsed = false;
}

void ProjectDesk::noteChange() {
    if (m_journal && !m_untilLook.isActive()) m_untilLook.start(kLookDelayMs);
}

/// Compares what is there with what was kept and saved. Nothing is copied but pointers and knobs.
void ProjectDesk::look() {
    m_untilLook.stop();
    if (!m_journal || !m_explorer.graph()) return;
    Project now = unsavedProject();
    const bool isChanged = !m_saved || !isSameWork(now, *m_saved);
    now.isUnsaved = isChanged;
    const bool isNews = isChanged != m_isChanged;
    m_isChanged = isChanged;
    if (!(now == m_now)) {
        m_now = std::move(now);
        // A journal that was begun also holds that nothing is unsaved any more.
        if (isChanged || m_isJournalUsed) enqueue({Task::Write, m_journal, m_now});
    }
    if (isNews) emit stateChanged();
}

void ProjectDesk::enqueue(Task task) {
    if (!task.journal) return;
    if (task.kind == Task::Write && task.journal == m_journal) m_isJournalUsed = true;
    const bool isSame = !m_tasks.empty() && task.kind == Task::Write &&
                        m_tasks.back().kind == Task::Write &&
                        m_tasks.back().journal == task.journal;
    if (isSame) m_tasks.pop_back();
    m_tasks.push_back(std::move(task));
    work();
}

void ProjectDesk::work() {
    if (m_writing.isRunning() || m_tasks.empty()) return;
    std::deque<Task> tasks;
    tasks.swap(m_tasks);
    m_writing.start([tasks = std::move(tasks)](const types::Work&) { return workThrough(tasks); },
                    [this](const Outcome& outcome) {
                        take(outcome);
                        work();
                    });
}

ProjectDesk::Outcome ProjectDesk::workThrough(const std::deque<Task>& tasks) {
    Outcome outcome;
    for (const Task& task : tasks) {
        types::Result<void> done;
        if (task.kind == Task::Remove) task.journal->remove();
        if (task.kind == Task::Settle) done = task.journal->settle();
        if (task.kind == Task::Write) done = task.journal->write(task.project);
        if (!done) outcome.problem = QString::fromStdString(done.error().message());
        if (!done || task.kind != Task::Write) continue;
        outcome.written = task.journal;
        outcome.project = task.project;
    }
    return outcome;
}

/// One sentence for one problem, however often it comes back.
void ProjectDesk::take(const Outcome& outcome) {
    const bool isNews = !outcome.problem.isEmpty() && outcome.problem != m_problem;
    // That nothing was written and nothing failed says nothing of the write that failed before.
    if (outcome.written || !outcome.problem.isEmpty()) m_problem = outcome.problem;
    if (isNews) emit failed(tr("What is done now is not kept: %1").arg(m_problem));
    if (!m_problem.isEmpty()) m_untilRetry.start(kRetryMs);
    if (!outcome.written || outcome.written != m_journal) return;
    m_kept = outcome.project;
    if (m_recovered) enqueue({Task::Remove, std::exchange(m_recovered, nullptr), {}});
    m_untilSettle.start(kSettleMs);
    emit kept();
}

bool ProjectDesk::finish() {
    if (m_untilLook.isActive()) look();
    m_untilRetry.stop();
    if (m_journal && !m_isChanged) {
        m_tasks.push_back({Task::Remove, m_journal, {}});
        m_journal = Journal::begin(m_folder);
        m_isJournalUsed = false;
    }
    for (const LeftWork& left : m_discarded)
        m_tasks.push_back({Task::Remove, left.journal, {}});
    m_discarded.clear();
    const bool isMissing = m_isChanged && !(m_kept == m_now);
    if (isMissing) m_tasks.push_back({Task::Write, m_journal, m_now});
    // The journal waits for the write that a worker is at.
    const Outcome outcome = workThrough(m_tasks);
    m_tasks.clear();
    m_problem = outcome.problem;
    if (outcome.written == m_journal && m_journal) m_kept = outcome.project;
    return !isMissing || m_kept == m_now;
}

// Saving.

ProjectDesk::FileState ProjectDesk::stateOf(const QString& path) {
    const QFileInfo file(path);
    return file.exists() ? FileState{file.lastModified(), file.size()} : FileState{};
}

/// The lock of a project's file; null where another window has it, which is said.
std::unique_ptr<QLockFile> ProjectDesk::lockFile(const QString& path) {
    auto lock = std::make_unique<QLockFile>(lockPath(path));
    lock->setStaleLockTime(0);
    // Where no lock can be made, because the folder may not be written to, saving fails by itself.
    if (lock->tryLock() || lock->error() != QLockFile::LockFailedError) return lock;
    qint64 process = 0;
    QString host, program;
    lock->getLockInfo(&process, &host, &program);
    emit failed(tr("%1 is open in another window (process %2 on %3): what you do here is kept; "
                   "save it under another name.")
                    .arg(fileName(path))
                    .arg(process)
                    .arg(host.isEmpty() ? tr("this machine") : host));
    return nullptr;
}

void ProjectDesk::save(const QString& path) {
    const bool isOwn = hasFile() && QFileInfo(path) == QFileInfo(m_explorer.path());
    if (isOwn && m_fileState.size >= 0 && QFileInfo::exists(path) &&
        !(stateOf(path) == m_fileState))
        return emit failed(tr("%1 was changed by another program since it was opened: save under "
                              "another name, or load it again (F5).")
                               .arg(fileName(path)));
    m_savingLock = isOwn ? nullptr : lockFile(path);
    if (!isOwn && !m_savingLock) return;
    look();
    m_saving = m_now;
    m_explorer.saveProject(path);
}

/// What was saved is what there was when saving began.
void ProjectDesk::adoptSaved(const QString& path) {
    m_saved = m_saving ? std::move(m_saving) : unsavedProject();
    m_saving.reset();
    m_savedAt = QDateTime::currentDateTime();
    m_fileState = stateOf(path);
    if (m_savingLock) m_fileLock = std::move(m_savingLock);
    if (!m_fileLock) m_fileLock = lockFile(path);
    look();
    emit stateChanged();
}

// Offers.

void ProjectDesk::lookForLeft() {
    using Found = std::pair<std::vector<LeftWork>, QStringList>;
    m_looking.start(
        [folder = m_folder](const types::Work&) {
            Found found;
            found.first = leftWork(folder, found.second);
            return found;
        },
        [this](const Found& found) {
            m_left.insert(m_left.end(), found.first.begin(), found.first.end());
            for (const QString& problem : found.second)
                emit failed(problem);
            if (!m_left.empty()) emit leftChanged();
        });
}

void ProjectDesk::recover() {
    if (m_left.empty()) return;
    m_explorer.recoverProject(QString::fromStdString(m_left.front().journal->path().string()));
}

/// The journal that was opened, which is no offer any more; null for any other file.
std::shared_ptr<Journal> ProjectDesk::takeOffer(const QString& journal) {
    for (std::vector<LeftWork>* offers : {&m_left, &m_discarded})
        for (auto offer = offers->begin(); offer != offers->end(); ++offer) {
            if (offer->journal->path() != journal.toStdString()) continue;
            const auto taken = offer->journal;
            offers->erase(offer);
            emit leftChanged();
            return taken;
        }
    return nullptr;
}

void ProjectDesk::discard() {
    if (m_left.empty()) return;
    m_discarded.push_back(m_left.front());
    m_left.erase(m_left.begin());
    emit leftChanged();
    emit discarded(m_discarded.back().name);
}

void ProjectDesk::undoDiscard() {
    if (m_discarded.empty()) return;
    m_left.insert(m_left.begin(), m_discarded.back());
    m_discarded.pop_back();
    emit leftChanged();
}

}  // namespace app
