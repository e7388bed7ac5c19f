// SPDX-License-Identifier: GPL-3.0-or-later
// A process works with Explorer and the journal, tells each state once it is kept, and is killed at
// random moments: the next process finds all that was told.
#include <gtest/gtest.h>
#include <signal.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>

#include "../views/sample_evaluation.h"
#include "app/project_desk.h"
#include "support/classifier_data.h"
#include "support/project_summary.h"
#include "tflite/write.h"

namespace {

using app::Explorer;
using app::ProjectDesk;
using support::Summary;

constexpr int kKills = 20;

/// A model and data in a folder, where the journals and the saved project lie, too.
void furnish(const std::string& folder) {
    const types::GraphPtr graph = classified::classifier();
    ASSERT_TRUE(tflite::write(*graph, folder + "/model.tflite"));
    std::ofstream rows(folder + "/samples.csv");
    const auto labelled = classified::labelledBy(*graph, 24);
    for (const data::Sample& sample : labelled->samples) {
        std::vector<float> values(128);
        std::memcpy(values.data(), sample.bytes.data(), sample.bytes.size());
        for (const float value : values)
            rows << value << ',';
        rows << sample.label << '\n';
    }
}

std::vector<types::DevicePtr> boards() {
    std::vector<types::DevicePtr> boards;
    for (const char* id : {"a", "b"}) {
        auto board = std::make_shared<types::DeviceProfile>(*sample::device(id));
        board->soc = board->core = board->runtime = board->source = board->powerSource = "made up";
        board->clockMhz = 80;
        boards.push_back(board);
    }
    return boards;
}

app::EngineVerbs engineWithoutSearchForData() {
    app::EngineVerbs verbs = app::realEngine();
    verbs.dataBeside = nullptr;
    return verbs;
}

/// The process that is killed.
class Victim {
public:
    Victim(const std::string& folder, unsigned seed)
        : m_folder(folder),
          m_random(seed),
          m_explorer(boards(), engineWithoutSearchForData()),
          m_desk(m_explorer, folder + "/journals") {}

    void work() {
        m_explorer.openModel(path("model.tflite"));
        wait([this] { return isQuiet() && m_explorer.isUpToDate(); });
        measure();  // a model that was only opened leaves nothing
        for (int i = 0; i < 10'000; ++i) {
            const size_t step = m_random() % kSteps.size();
            say("step", {{kSteps[step].changes, ""}});
            (this->*kSteps[step].act)();
            wait([this] { return isQuiet() && m_desk.isKept(); });
            say("told", support::summaryOf(m_explorer.project()));
        }
    }

private:
    struct Step {
        const char* changes;  ///< the parts of the project that it may change
        void (Victim::*act)();
    };
    static const std::vector<Step> kSteps;

    QString path(const std::string& name) const {
        return QString::fromStdString(m_folder + '/' + name);
    }
    bool isQuiet() const { return !m_explorer.isBusy(); }
    static void wait(const std::function<bool()>& condition) {
        // Another turn of the event loop, for what was only just begun.
        QTest::qWait(0);
        if (!QTest::qWaitFor(condition, 60'000)) std::_Exit(1);
    }
    static void say(const char* word, const Summary& summary) {
        std::string line = std::string("\n") + word;
        for (const auto& [part, text] : summary)
            line += '\t' + part + '=' + text;
        std::fputs((line + '\n').c_str(), stdout);
        std::fflush(stdout);
    }

    void edit() {
        types::Variation variation = m_explorer.knobs().variation;
        variation.width = 0.25 + 0.01 * (m_random() % 75);
        m_explorer.editVariation(variation);
        m_explorer.finishEdit();
    }
    void mark() {
        const auto& tried = m_explorer.tried();
        views::Marks marks;
        marks.name = QString("name %1").arg(m_random() % 100);
        marks.isStarred = m_random() % 2 == 0;
        marks.isDeleted = m_random() % 4 == 0;
        m_explorer.editMarks({{tried[m_random() % tried.size()].variation, marks}}, "mark");
    }
    void measure() {
        types::Session session;
        session.name = "session " + std::to_string(++m_sessions);
        session.format = "host";
        session.measurements.push_back({types::kWhole, std::nullopt, "", types::Quantity::LatencyUs,
                                        std::vector<double>(2000, 1.5), false, ""});
        auto sessions = m_explorer.sessionBook().sessions();
        sessions.push_back(std::make_shared<const types::Session>(session));
        m_explorer.sessionBook().setSessions(sessions);
    }
    void removeSession() {
        const auto& sessions = m_explorer.sessionBook().sessions();
        if (!sessions.empty()) m_explorer.removeSessions({sessions[m_random() % sessions.size()]});
    }
    void undo() { m_explorer.undoStack().undo(); }
    void chooseBoard() { m_explorer.chooseDevice(m_explorer.devices()[m_random() % 2]); }
    void reserve() {
        m_explorer.reserveMemory(cost::BoardMemory::Sram,
                                 {"stack", int64_t(1000 + m_random() % 9), "user"});
    }
    void chooseData() {
        if (m_explorer.knobs().data) return m_explorer.removeData();
        m_explorer.openData(path("samples.csv"));
    }
    void turnPage() { m_explorer.setPage(QString("page %1").arg(m_random() % 5)); }
    void pick() { m_explorer.selection().setLayer(static_cast<int>(m_random() % 5)); }
    void setPeriod() { m_explorer.setDuty({100.0 + m_random() % 50, 0, 0}); }
    void train() {
        types::Variation variation = m_explorer.wanted();
        variation.train.epochs = 1 + static_cast<int32_t>(m_random() % 5);
        variation.train.seed = static_cast<int32_t>(m_random() % 1000);
        auto model = std::make_shared<engine::VariedOnData>();
        model->graph = m_explorer.shown()->graph;
        model->training = types::Training();
        auto evaluation = std::make_shared<types::Evaluation>(*m_explorer.shown());
        evaluation->variation = variation.normalized();
        m_explorer.adoptTrained(variation.normalized(), model, evaluation);
    }
    void save() { m_desk.save(path("saved.netcaliper")); }

    std::string m_folder;
    std::mt19937 m_random;
    int m_sessions = 0;
    Explorer m_explorer;
    ProjectDesk m_desk;
};

const std::vector<Victim::Step> Victim::kSteps = {
    {"knobs,variations,layers", &Victim::edit},
    {"knobs,variations,layers", &Victim::edit},
    {"marks,variations,trained,knobs,layers", &Victim::mark},
    {"sessions", &Victim::measure},
    {"sessions", &Victim::removeSession},
    {"knobs,variations,trained,marks,sessions,board,data,duty,layers", &Victim::undo},
    {"board", &Victim::chooseBoard},
    {"board", &Victim::reserve},
    {"data", &Victim::chooseData},
    {"page", &Victim::turnPage},
    {"layers", &Victim::pick},
    {"duty", &Victim::setPeriod},
    {"trained,variations,knobs", &Victim::train},
    {"", &Victim::save}};

// Runs only as the process of the test below.
TEST(JournalVictim, DISABLED_WorksUntilItIsKilled) {
    const QStringList order = qEnvironmentVariable("NETCALIPER_VICTIM").split('|');
    if (order.size() != 2) return;
    Victim(order[0].toStdString(), order[1].toUInt()).work();
}

/// The last lines of the victim: what it told, and what it had begun since.
struct Report {
    Summary told;
    std::set<QString> begun;  ///< parts that the unfinished step may have changed
    bool hasTold = false;
};

Summary partsOf(const QString& line) {
    Summary parts;
    for (const QString& part : line.split('\t').mid(1))
        parts[part.section('=', 0, 0).toStdString()] = part.section('=', 1).toStdString();
    return parts;
}

Report reportOf(const QByteArray& output) {
    Report report;
    // Killed within a line, that line was not told.
    const int whole = output.lastIndexOf('\n');
    for (const QString& line : QString::fromUtf8(output.left(whole)).split('\n')) {
        if (line.startsWith("step\t")) {
            const QString parts = line.section('\t', 1).section('=', 0, 0);
            for (const QString& part : parts.split(','))
                report.begun.insert(part);
        } else if (line.startsWith("told\t")) {
            report = {partsOf(line), {}, true};
        }
    }
    return report;
}

/// Starts the victim, lets it work for a while after it told something, and kills it.
QByteArray outputOfKilled(const QString& folder, unsigned seed, int milliseconds) {
    QProcess victim;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("NETCALIPER_VICTIM", folder + '|' + QString::number(seed));
    environment.insert("TMPDIR", folder);  // what it leaves goes with the folder
    victim.setProcessEnvironment(environment);
    victim.start(QCoreApplication::applicationFilePath(),
                 {"--gtest_filter=JournalVictim.DISABLED_WorksUntilItIsKilled",
                  "--gtest_also_run_disabled_tests"});
    QByteArray output;
    while (!output.contains("\ntold\t") && victim.waitForReadyRead(60'000))
        output += victim.readAllStandardOutput();
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds) {
        victim.waitForReadyRead(static_cast<int>(milliseconds - clock.elapsed()));
        output += victim.readAllStandardOutput();
    }
    // Process 0 would be this one, and all that were started with it.
    if (victim.processId() > 0) ::kill(static_cast<pid_t>(victim.processId()), SIGKILL);
    victim.waitForFinished(60'000);
    return output + victim.readAllStandardOutput();
}

/// What the model holds as it is opened.
Summary openedModel(const std::string& folder) {
    Explorer explorer(boards(), engineWithoutSearchForData());
    explorer.openModel(QString::fromStdString(folder + "/model.tflite"));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return explorer.graph() && !explorer.isBusy() && explorer.isUpToDate(); }, 60'000));
    return support::summaryOf(explorer.project());
}

struct Found {
    Summary summary;
    bool isUnsaved = false;
};

/// What a user would find: the journal that is offered, else the saved file, else, where nothing
/// was ever saved, the model.
Found foundIn(const QString& folder, const Summary& model) {
    QStringList problems;
    const auto left = app::leftWork((folder + "/journals").toStdString(), problems);
    EXPECT_TRUE(problems.isEmpty()) << problems.join("\n").toStdString();
    const QString saved = folder + "/saved.netcaliper";
    if (left.empty() && !QFile::exists(saved)) return {model};
    const auto project =
        app::readProject(left.empty() ? saved.toStdString() : left[0].journal->path().string());
    EXPECT_TRUE(project) << project.error().message();
    return {project ? support::summaryOf(*project) : Summary(), !left.empty()};
}

TEST(JournalKilled, AllThatWasToldIsThere) {
    QTemporaryDir folder;
    furnish(folder.path().toStdString());
    const Summary model = openedModel(folder.path().toStdString());
    std::mt19937 random(18);
    for (unsigned round = 0; round < kKills; ++round) {
        const QByteArray output =
            outputOfKilled(folder.path(), round, static_cast<int>(random() % 400));
        const Report report = reportOf(output);
        ASSERT_TRUE(report.hasTold) << output.toStdString();
        const Found found = foundIn(folder.path(), model);
        for (const auto& [part, text] : report.told) {
            if (report.begun.contains(QString::fromStdString(part))) continue;
            // Where one looked is kept beside unsaved work, but is no work by itself.
            if (!found.isUnsaved && (part == "page" || part == "layers")) continue;
            EXPECT_EQ(found.summary.contains(part) ? found.summary.at(part) : "nothing", text)
                << part << " in round " << round << '\n'
                << output.right(2000).toStdString();
        }
        for (const char* place : {"/journals"})
            QDir(folder.path() + place).removeRecursively();
        QFile::remove(folder.filePath("saved.netcaliper"));
        QFile::remove(folder.filePath(".saved.netcaliper.lock"));
    }
}

/// The next window shows what the killed one showed, and the journal of that one goes.
TEST(JournalKilled, IsRecoveredIntoAWindow) {
    QTemporaryDir folder;
    furnish(folder.path().toStdString());
    const std::string journals = (folder.path() + "/journals").toStdString();
    // One that was killed while everything was saved leaves nothing.
    QStringList problems;
    for (unsigned seed = 3; seed < 13 && app::leftWork(journals, problems).empty(); ++seed)
        ASSERT_TRUE(reportOf(outputOfKilled(folder.path(), seed, 600)).hasTold);
    Explorer explorer(boards(), engineWithoutSearchForData());
    ProjectDesk desk(explorer, journals);
    desk.lookForLeft();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !desk.left().empty(); }, 20'000));
    const std::filesystem::path old = desk.left().front().journal->path();
    const Summary left = support::summaryOf(*app::readProject(old));
    desk.recover();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return explorer.graph() && !explorer.isBusy() && explorer.isUpToDate() &&
                   desk.isKept() && !std::filesystem::exists(old);
        },
        60'000));
    EXPECT_TRUE(desk.isChanged());
    EXPECT_TRUE(desk.left().empty());
    for (const auto& [part, text] : support::summaryOf(explorer.project()))
        EXPECT_EQ(text, left.at(part)) << part;
    for (const views::TriedVariation& tried : explorer.tried())
        if (!tried.marks.isDeleted) {
            EXPECT_TRUE(tried.evaluation) << tried.variation.label();
        }
}

}  // namespace
