// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep_desk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QSysInfo>

#include "app/swept_points.h"
#include "views/number_format.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using views::SweepChoice;

/// Variations whose time is measured for an estimate, and the seconds that may take.
constexpr size_t kMeasured = 3;
constexpr double kMeasureSeconds = 2;

/// "about 2 min": one figure, for an estimate has no more.
QString aboutText(double seconds) {
    if (seconds < 1) return QObject::tr("less than a second");
    const auto one = [](double value) { return QString::number(value, 'g', value < 10 ? 1 : 2); };
    if (seconds < 60) return QObject::tr("about %1 s").arg(one(seconds));
    if (seconds < 3600) return QObject::tr("about %1 min").arg(one(seconds / 60));
    if (seconds < 48 * 3600.0) return QObject::tr("about %1 h").arg(one(seconds / 3600));
    return QObject::tr("about %1 days").arg(one(seconds / 86'400));
}

QString countText(const search::DrawnSpace& drawn) {
    return QObject::tr("%1 variations, %2 distinct")
        .arg(views::grouped(drawn.items),
             views::grouped(static_cast<int64_t>(drawn.variations.size())));
}

}  // namespace

fs::path sweepFolder() {
    const fs::path folder =
        QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation).toStdString();
    return folder / "sweeps";
}

/// What a worker needs, by value.
struct SweepDesk::Subject {
    SweepMaterial material;
    std::vector<fs::path> folders;  ///< of queue files; new ones are made in the first
};

struct SweepDesk::News {
    sweep::SweepStatus status;
    std::vector<views::NewPoint> points;
};

SweepDesk::SweepDesk(Explorer& explorer, fs::path folder, QObject* parent)
    : QObject(parent), m_explorer(explorer), m_folder(std::move(folder)) {
    connect(&explorer, &Explorer::knobsChanged, this, &SweepDesk::follow);
}

SweepDesk::Subject SweepDesk::subject() const {
    const Knobs& knobs = m_explorer.knobs();
    Subject subject;
    search::SweepSubject& of = subject.material.subject;
    of.graph = m_explorer.graph();
    of.device = knobs.device;
    of.options.data.dataset = knobs.data;
    of.program = QCoreApplication::applicationVersion().toStdString();
    subject.material.owner = QSysInfo::machineHostName().toStdString() + ':' +
                             std::to_string(QCoreApplication::applicationPid());
    const QFileInfo file(m_explorer.path());
    if (file.suffix() == kProjectEnding)
        subject.folders.push_back(
            file.dir().filePath(file.completeBaseName() + ".sweeps").toStdString());
    subject.folders.push_back(m_folder);
    return subject;
}

void SweepDesk::plan(const SweepChoice& choice) {
    if (!m_explorer.graph()) return;
    const std::string space = views::spaceText(choice).toStdString();
    const auto verb = [this, material = subject().material, space](
                          const types::Work& work,
                          const Job::Tell& tell) -> types::Result<QString> {
        const auto drawn = drawMaterial(material, space, work);
        if (!drawn) return tl::unexpected(drawn.error());
        const QString counts = countText(drawn->space);
        tell([this, counts] { emit planned(counts, true); });
        const auto count = static_cast<double>(drawn->space.variations.size());
        const double each = secondsEach(*drawn, kMeasured, kMeasureSeconds, work);
        return counts + ", " + aboutText(each * count / types::machineThreads());
    };
    m_planning.start(verb, [this](const types::Result<QString>& text) {
        if (text) return emit planned(*text, true);
        if (!text.error().isCancelled())
            emit planned(QString::fromStdString(text.error().message()), false);
    });
}

void SweepDesk::start(const SweepChoice& choice) {
    if (!m_explorer.graph() || isRunning()) return;
    m_planning.cancel();
    m_pause = std::stop_source();
    m_conditions = m_explorer.feed().points().conditions();
    m_doneAtStart = -1;
    m_clock.start();
    m_progress = {true, false, 0, tr("starting")};
    emit progressed(m_progress);
    const std::string space = views::spaceText(choice).toStdString();
    const auto verb = [this, of = subject(), space, pause = m_pause, conditions = m_conditions](
                          types::Work work, const Job::Tell& tell) -> types::Result<void> {
        // Closing the window pauses, too.
        const std::stop_callback ends(work.stop, [pause]() mutable { pause.request_stop(); });
        work.stop = pause.get_token();
        const auto drawn = drawMaterial(of.material, space, work);
        if (!drawn) return tl::unexpected(drawn.error());
        return workThrough(*drawn, of.folders.front(), work,
                           [&](const sweep::SweepStatus& status, std::vector<views::NewPoint> points) {
                               tell([this, conditions, news = News{status, std::move(points)}] {
                                   take(conditions, news);
                               });
                           });
    };
    m_running.start(verb, [this](const types::Result<void>& done) {
        const bool isProblem = !done && !done.error().isCancelled();
        end(isProblem ? QString::fromStdString(done.error().message()) : QString());
    });
}

void SweepDesk::pause() {
    m_pause.request_stop();
}

void SweepDesk::take(const std::string& conditions, const News& news) {
    views::PointStore& points = m_explorer.feed().points();
    if (conditions != points.conditions()) return;
    points.put(news.points);
    const auto items = static_cast<double>(std::max<int64_t>(news.status.items(), 1));
    const int64_t over = news.status.done + news.status.failed;
    m_progress = {true, false, static_cast<double>(over) / items, remainingText(news)};
    emit progressed(m_progress);
}

/// The time left follows from what was done since the start.
QString SweepDesk::remainingText(const News& news) {
    const int64_t over = news.status.done + news.status.failed;
    if (m_doneAtStart < 0) m_doneAtStart = over;
    QString text = tr("%1 of %2").arg(views::grouped(over), views::grouped(news.status.items()));
    const auto did = static_cast<double>(over - m_doneAtStart);
    const auto left = static_cast<double>(news.status.items() - over);
    if (did > 0 && left > 0)
        text += tr(", %1 left").arg(aboutText(left * m_clock.elapsed() / 1000.0 / did));
    if (news.status.failed > 0) text += tr(", %1 failed").arg(views::grouped(news.status.failed));
    return text;
}

void SweepDesk::end(const QString& problem) {
    if (!problem.isEmpty()) emit failed(problem);
    const bool isWhole = problem.isEmpty() && m_progress.share >= 1;
    m_progress.isRunning = false;
    m_progress.isPaused = !isWhole && m_progress.share > 0;
    if (isWhole) m_progress.text += tr(", done");
    if (m_progress.isPaused) m_progress.text = tr("paused: %1").arg(m_progress.text);
    emit progressed(m_progress);
}

/// A sweep belongs to one model, board and data.
void SweepDesk::follow() {
    const std::string conditions = m_explorer.feed().points().conditions();
    if (m_explorer.graph() == m_graph && conditions == m_conditions) return;
    if (isRunning()) pause();
    m_planning.cancel();
    m_graph = m_explorer.graph();
    m_conditions = conditions;
    look();
}

/// Shows the points of earlier sweeps of this model, board and data.
void SweepDesk::look() {
    m_looking.cancel();
    if (!m_graph) return;
    const Subject of = subject();
    const bool hasFiles =
        std::any_of(of.folders.begin(), of.folders.end(), [](const fs::path& folder) {
            return QDir(QString::fromStdString(folder.string())).count() > 2;
        });
    if (!hasFiles) return;
    const auto verb = [this, of, conditions = m_conditions](const types::Work& work,
                                                            const Job::Tell& tell) {
        return readSweeps(of.material, of.folders, work, [&](FoundSweep sweep) {
            tell([this, conditions, sweep = std::move(sweep)] {
                views::PointStore& points = m_explorer.feed().points();
                if (conditions != points.conditions()) return;
                points.put(sweep.points);
                const auto choice = views::choiceOf(QString::fromStdString(sweep.space));
                const int64_t over = sweep.status.done + sweep.status.failed;
                if (!choice || over == sweep.status.items() || isRunning()) return;
                const double share =
                    static_cast<double>(over) / static_cast<double>(sweep.status.items());
                m_progress = {false, true, share,
                              tr("paused: %1 of %2")
                                  .arg(views::grouped(over), views::grouped(sweep.status.items()))};
                emit found(*choice, m_progress);
            });
        });
    };
    m_looking.start(verb, [](bool) {});
}

}  // namespace app
