// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QUuid>
#include <algorithm>

#include "store/model_table.h"
#include "store/session_table.h"
#include "store/training_table.h"
#include "store/workspace_table.h"

namespace app {

using types::Result;

namespace {

namespace fs = std::filesystem;

QString lockOf(const fs::path& file) {
    return QString::fromStdString((fs::path(file) += ".lock").string());
}

/// What a journal holds, without opening its models.
struct Holding {
    std::optional<store::StoredWorkspace> workspace;
    std::string model;
    size_t variations = 0, trained = 0, sessions = 0;
};

Result<Holding> holdingOf(const fs::path& path) {
    const auto file = store::ProjectFile::open(path);
    if (!file) return tl::unexpected(file.error());
    Holding holding;
    const auto workspace = store::readWorkspace(*file);
    if (!workspace) return tl::unexpected(workspace.error());
    holding.workspace = *workspace;
    const auto sessions = store::listSessions(*file);
    if (!sessions) return tl::unexpected(sessions.error());
    holding.sessions = sessions->size();
    const auto models = store::listModels(*file);
    if (!models) return tl::unexpected(models.error());
    if (models->empty()) return holding;
    holding.model = models->back().name;
    const auto variations = store::listVariations(*file, models->back().id);
    if (!variations) return tl::unexpected(variations.error());
    holding.variations = variations->size();
    const auto trained = store::countTrainings(*file);
    if (!trained) return tl::unexpected(trained.error());
    holding.trained = *trained;
    return holding;
}

LeftWork asLeft(const std::shared_ptr<Journal>& journal, const Holding& holding) {
    const QString savedAs = QString::fromStdString(holding.workspace->savedAs);
    const QString model = QString::fromStdString(holding.model);
    const QString path = QString::fromStdString(journal->path().string());
    QDateTime time = QFileInfo(path).lastModified();
    // Changes stand in the log until they are merged.
    if (const QFileInfo log(path + "-wal"); log.exists()) time = std::max(time, log.lastModified());
    return {journal, savedAs.isEmpty() ? model : QFileInfo(savedAs).fileName(),
            contentsText(holding.variations, holding.trained, holding.sessions), time};
}

/// Adds the work of one journal, where it holds any.
void lookAt(const fs::path& file, std::vector<LeftWork>& left, QStringList& problems) {
    const auto journal = Journal::claim(file);
    if (!journal) return;
    const auto holding = holdingOf(file);
    if (!holding) {
        const fs::path aside = fs::path(file) += ".damaged";
        std::error_code ignored;
        for (const char* ending : {"", "-wal"})
            fs::rename(fs::path(file) += ending, fs::path(aside) += ending, ignored);
        problems << QObject::tr("Unsaved work cannot be recovered: %1. Its file is kept as %2.")
                        .arg(QString::fromStdString(holding.error().what),
                             QString::fromStdString(aside.string()));
        return journal->remove();
    }
    if (!holding->workspace || !holding->workspace->isUnsaved) return journal->remove();
    left.push_back(asLeft(journal, *holding));
}

}  // namespace

Journal::Journal(const fs::path& file) : m_path(file), m_lock(lockOf(file)) {
    m_lock.setStaleLockTime(0);  // a lock grows stale by the end of its process, not with time
}

std::shared_ptr<Journal> Journal::begin(const fs::path& folder) {
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces) + ".netcaliper";
    return std::shared_ptr<Journal>(new Journal(folder / name.toStdString()));
}

std::shared_ptr<Journal> Journal::claim(const fs::path& file) {
    std::shared_ptr<Journal> journal(new Journal(file));
    return journal->m_lock.tryLock() ? journal : nullptr;
}

Result<void> Journal::open() {
    if (m_writer) return {};
    std::error_code problem;
    fs::create_directories(m_path.parent_path(), problem);
    if (!problem && !m_lock.isLocked() && !m_lock.tryLock())
        problem = std::make_error_code(std::errc::permission_denied);
    if (problem)
        return types::fail("cannot write there (" + problem.message() + ")",
                           m_path.parent_path().string(), "save it under a name (Ctrl+S)");
    auto writer = ProjectWriter::create(m_path);
    if (!writer) return tl::unexpected(writer.error());
    if (auto quick = writer->file().skipDiskWaits(); !quick) return quick;
    m_writer = std::move(*writer);
    return {};
}

Result<void> Journal::write(const Project& project) {
    const std::lock_guard lock(m_mutex);
    if (m_isRemoved) return {};
    if (auto opened = open(); !opened) return opened;
    return m_writer->write(project);
}

Result<void> Journal::settle() {
    const std::lock_guard lock(m_mutex);
    return m_writer ? m_writer->file().settle() : Result<void>();
}

void Journal::remove() {
    const std::lock_guard lock(m_mutex);
    m_isRemoved = true;
    m_writer.reset();
    std::error_code ignored;
    for (const char* ending : {"", "-journal", "-wal", "-shm"})
        fs::remove(fs::path(m_path) += ending, ignored);
    m_lock.unlock();
}

std::vector<LeftWork> leftWork(const fs::path& folder, QStringList& problems) {
    std::vector<LeftWork> left;
    std::error_code problem;
    std::vector<fs::path> files;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem))
        if (entry->path().extension() == ".netcaliper") files.push_back(entry->path());
    for (const fs::path& file : files)
        lookAt(file, left, problems);
    std::ranges::sort(left, std::greater(), &LeftWork::time);
    return left;
}

QString contentsText(size_t variations, size_t trained, size_t sessions) {
    const size_t tried = variations > 0 ? variations - 1 : 0;
    QStringList parts;
    if (tried > 0)
        parts << (tried == 1 ? QObject::tr("1 variation")
                             : QObject::tr("%1 variations").arg(tried));
    if (trained > 0) parts << QObject::tr("%1 trained").arg(trained);
    if (sessions > 0)
        parts << (sessions == 1 ? QObject::tr("1 session")
                                : QObject::tr("%1 sessions").arg(sessions));
    return parts.join(", ");
}

fs::path journalFolder() {
    const fs::path folder =
        QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation).toStdString();
    return folder / "journals";
}

}  // namespace app
