// SPDX-License-Identifier: GPL-3.0-or-later
// What is done is kept at once, saved silently, offered again, and belongs to one window.
#include "app/project_desk.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fstream>

#include "../views/sample_evaluation.h"
#include "app/project_writer.h"
#include "support/project_summary.h"
#include "tflite/write.h"
#include "unseen_window.h"
#include "zoo/reference_models.h"

namespace {

using app::Explorer;
using app::ProjectDesk;
using Desk = test::UnseenWindow;

struct ProjectDeskTest : testing::Test {
    QTemporaryDir folder;
    QString journals = folder.filePath("journals");

    ProjectDeskTest() {
        const auto model = zoo::keywordDsCnn(zoo::Precision::Int8);
        EXPECT_TRUE(tflite::write(**model, path("kws.tflite").toStdString()));
    }
    QString path(const QString& name) const { return folder.filePath(name); }
    int journalCount() const { return QDir(journals).entryList({"*.netcaliper"}).size(); }
    std::vector<app::LeftWork> left() const {
        QStringList problems;
        return app::leftWork(journals.toStdString(), problems);
    }
};

TEST_F(ProjectDeskTest, AModelThatWasOnlyLookedAtLeavesNothing) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    window.explorer.selection().setLayer(1);
    window.explorer.setPage("memory");
    window.settle();
    EXPECT_FALSE(window.desk.isChanged());
    EXPECT_EQ(window.desk.title(), "kws.tflite");
    EXPECT_TRUE(window.desk.finish());
    EXPECT_EQ(journalCount(), 0);
}

TEST_F(ProjectDeskTest, QuittingKeepsWhatHasNoName) {
    {
        Desk window(journals);
        window.open(path("kws.tflite"));
        window.edit(0.5);
        EXPECT_TRUE(window.desk.isChanged());
        EXPECT_EQ(window.desk.title(), "• kws.tflite");
        EXPECT_TRUE(window.desk.finish());
    }
    Desk later(journals);
    later.desk.lookForLeft();
    ASSERT_TRUE(later.wait([&] { return later.desk.left().size() == 1; }));
    EXPECT_EQ(later.desk.left()[0].name, "kws");
    EXPECT_EQ(later.desk.left()[0].contents, "1 variation");
    later.desk.recover();
    ASSERT_TRUE(later.wait([&] { return later.explorer.graph() != nullptr; }));
    later.settle();
    EXPECT_EQ(later.explorer.wanted().width, 0.5);
    EXPECT_EQ(later.explorer.tried().size(), 2u);
    EXPECT_EQ(later.explorer.path(), path("kws.tflite"));
    EXPECT_TRUE(later.desk.isChanged());
    // The work is in the journal of this window now.
    ASSERT_TRUE(later.wait([&] { return journalCount() == 1; }));
    EXPECT_TRUE(left().empty());
}

TEST_F(ProjectDeskTest, EverythingComesBack) {
    support::Summary before;
    {
        Desk window(journals);
        window.open(path("kws.tflite"));
        window.edit(0.5);
        window.edit(0.75);
        window.explorer.editMarks({{sample::narrowed(0.5), {"ship this", "fast", true, false}}},
                                  "");
        window.explorer.chooseDevice(window.explorer.devices()[1]);
        window.explorer.reserveMemory(cost::BoardMemory::Sram, {"stack", 4096, "user"});
        window.explorer.setDuty({250, 0.5, 0});
        window.explorer.setPage("layers");
        window.explorer.selection().setLayers({0, 2}, 0);
        types::Session session;
        session.name = "run";
        window.explorer.sessionBook().setSessions(
            {std::make_shared<const types::Session>(session)});
        window.settle();
        before = support::summaryOf(window.explorer.project());
        window.desk.finish();
    }
    EXPECT_EQ(before["board"], "b+1");
    EXPECT_EQ(before["layers"], "0;2;");
    Desk later(journals);
    later.desk.lookForLeft();
    ASSERT_TRUE(later.wait([&] { return !later.desk.left().empty(); }));
    later.desk.recover();
    ASSERT_TRUE(later.wait([&] { return later.explorer.graph() != nullptr; }));
    later.settle();
    EXPECT_EQ(support::summaryOf(later.explorer.project()), before);
    EXPECT_EQ(later.explorer.selection().layer(), 0);
    EXPECT_EQ(later.explorer.page(), "layers");
}

TEST_F(ProjectDeskTest, SavingIsSilentAndTheTitleSaysSo) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    window.edit(0.5);
    EXPECT_FALSE(window.desk.hasFile());
    window.save(path("a.netcaliper"));
    EXPECT_TRUE(window.desk.hasFile());
    EXPECT_FALSE(window.desk.isChanged());
    EXPECT_TRUE(window.desk.title().startsWith("a.netcaliper, saved "));
    EXPECT_EQ(window.explorer.path(), path("a.netcaliper"));
    window.edit(0.75);
    EXPECT_EQ(window.desk.title(), "• a.netcaliper");
    window.explorer.undoStack().undo();
    window.settle();
    // The list of what was tried is longer than in the file, so that there is something to save.
    EXPECT_TRUE(window.desk.isChanged());
    window.save(path("a.netcaliper"));
    EXPECT_TRUE(window.desk.finish());
    EXPECT_EQ(journalCount(), 0);
    EXPECT_EQ(app::readProject(path("a.netcaliper").toStdString())->variations.size(), 3u);
}

TEST_F(ProjectDeskTest, AProjectOpensAsItWasLeft) {
    {
        Desk window(journals);
        window.open(path("kws.tflite"));
        window.explorer.chooseDevice(window.explorer.devices()[1]);
        window.edit(0.5);
        window.explorer.setPage("memory");
        window.save(path("a.netcaliper"));
    }
    Desk later(journals);
    later.open(path("a.netcaliper"));
    EXPECT_EQ(later.explorer.knobs().device->id, "b");
    EXPECT_EQ(later.explorer.wanted().width, 0.5);
    EXPECT_EQ(later.explorer.page(), "memory");
    EXPECT_FALSE(later.desk.isChanged());
    // The board is one of the program's, which may have learned meanwhile.
    EXPECT_EQ(later.explorer.knobs().device, later.explorer.devices()[1]);
}

TEST_F(ProjectDeskTest, DeletedSessionsComeBackByUndo) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    std::vector<types::SessionPtr> sessions;
    for (const char* name : {"a", "b", "c"}) {
        types::Session session;
        session.name = name;
        sessions.push_back(std::make_shared<const types::Session>(session));
    }
    window.explorer.sessionBook().setSessions(sessions);
    window.explorer.removeSessions({sessions[0], sessions[1]});
    EXPECT_EQ(window.explorer.sessionBook().sessions().size(), 1u);
    EXPECT_EQ(window.explorer.undoStack().undoText(), "delete 2 sessions");
    // A session that came meanwhile stays.
    auto more = window.explorer.sessionBook().sessions();
    more.push_back(std::make_shared<const types::Session>(*sessions[0]));
    window.explorer.sessionBook().setSessions(more);
    window.explorer.undoStack().undo();
    std::vector<std::string> names;
    for (const auto& session : window.explorer.sessionBook().sessions())
        names.push_back(session->name);
    EXPECT_EQ(names, (std::vector<std::string>{"a (2)", "b", "c", "a"}));
    window.explorer.undoStack().redo();
    EXPECT_EQ(window.explorer.sessionBook().sessions().size(), 2u);
}

TEST_F(ProjectDeskTest, SessionsOfAnotherModelStayWithIt) {
    const auto other = zoo::keywordDsCnn(zoo::Precision::Float32);
    ASSERT_TRUE(tflite::write(**other, path("other.tflite").toStdString()));
    Desk window(journals);
    window.open(path("kws.tflite"));
    const auto sessionOf = [](const std::string& name, const std::string& hash) {
        types::Session session;
        session.name = name;
        session.conditions.modelHash = hash;
        return std::make_shared<const types::Session>(session);
    };
    window.explorer.sessionBook().setSessions(
        {sessionOf("of this", "width 0.5"), sessionOf("of nobody", "")});
    window.settle();
    // In this stand-in all originals have one hash: opened again, it is the same model.
    window.open(path("kws.tflite"));
    EXPECT_EQ(window.explorer.sessionBook().sessions().size(), 2u);
    EXPECT_TRUE(window.desk.isChanged());
}

TEST_F(ProjectDeskTest, WhatWasLeftForAnotherModelIsOffered) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    window.edit(0.5);
    window.open(path("kws.tflite"));
    ASSERT_EQ(window.desk.left().size(), 1u);
    EXPECT_EQ(window.explorer.tried().size(), 1u);
    window.desk.recover();
    ASSERT_TRUE(window.wait([&] { return window.desk.left().empty(); }));
    window.settle();
    EXPECT_EQ(window.explorer.tried().size(), 2u);
    ASSERT_TRUE(window.wait([&] { return journalCount() == 1; }));
}

TEST_F(ProjectDeskTest, DiscardingIsUndoneTillTheWindowCloses) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    window.edit(0.5);
    window.open(path("kws.tflite"));
    window.desk.discard();
    EXPECT_TRUE(window.desk.left().empty());
    window.desk.undoDiscard();
    ASSERT_EQ(window.desk.left().size(), 1u);
    window.desk.discard();
    window.desk.finish();
    EXPECT_EQ(journalCount(), 0);
}

TEST_F(ProjectDeskTest, ASecondWindowSaysWhoHasTheFile) {
    Desk first(journals), second(journals);
    first.open(path("kws.tflite"));
    first.save(path("a.netcaliper"));
    QSignalSpy failures(&second.desk, &ProjectDesk::failed);
    second.open(path("a.netcaliper"));
    ASSERT_EQ(failures.count(), 1);
    const QString sentence = failures[0][0].toString();
    EXPECT_TRUE(sentence.startsWith("a.netcaliper is open in another window (process "))
        << sentence.toStdString();
    EXPECT_FALSE(second.desk.hasFile());
    second.edit(0.5);
    second.desk.save(path("a.netcaliper"));
    EXPECT_EQ(failures.count(), 2);
    EXPECT_EQ(app::readProject(path("a.netcaliper").toStdString())->variations.size(), 1u);
    second.save(path("b.netcaliper"));
    EXPECT_TRUE(second.desk.hasFile());
    EXPECT_EQ(app::readProject(path("b.netcaliper").toStdString())->variations.size(), 2u);
}

/// As a process that was killed leaves it.
TEST_F(ProjectDeskTest, TheLockOfADeadProcessIsNoLock) {
    {
        Desk window(journals);
        window.open(path("kws.tflite"));
        window.save(path("a.netcaliper"));
    }
    QProcess gone;
    gone.start("true", QStringList());
    ASSERT_TRUE(gone.waitForStarted());
    const qint64 process = gone.processId();
    gone.waitForFinished();
    std::ofstream(path(".a.netcaliper.lock").toStdString())
        << process << "\nnetcaliper\n"
        << QSysInfo::machineHostName().toStdString() << "\n";
    Desk window(journals);
    window.open(path("a.netcaliper"));
    EXPECT_TRUE(window.desk.hasFile());
}

TEST_F(ProjectDeskTest, AFileThatAnotherProgramChangedIsNotReplaced) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    window.save(path("a.netcaliper"));
    app::Project other = *app::readProject(path("a.netcaliper").toStdString());
    other.variations.push_back(sample::narrowed(0.3));
    ASSERT_TRUE(app::writeProject(other, path("a.netcaliper").toStdString()));
    QFile(path("a.netcaliper"))
        .setFileTime(QDateTime::currentDateTime().addSecs(9), QFile::FileModificationTime);
    window.edit(0.5);
    QSignalSpy failures(&window.desk, &ProjectDesk::failed);
    window.desk.save(path("a.netcaliper"));
    ASSERT_EQ(failures.count(), 1);
    EXPECT_TRUE(failures[0][0].toString().contains("changed by another program"));
    window.save(path("b.netcaliper"));
    EXPECT_EQ(window.explorer.path(), path("b.netcaliper"));
}

TEST_F(ProjectDeskTest, WhereNothingCanBeKeptOneSentenceSaysSo) {
    std::ofstream(journals.toStdString()) << "a file where the folder should be";
    Desk window(journals);
    QSignalSpy failures(&window.desk, &ProjectDesk::failed);
    window.open(path("kws.tflite"));
    window.explorer.editVariation(sample::narrowed(0.5));
    window.explorer.finishEdit();
    ASSERT_TRUE(window.wait([&] { return failures.count() == 1; }));
    EXPECT_TRUE(failures[0][0].toString().startsWith("What is done now is not kept: "));
    window.explorer.editVariation(sample::narrowed(0.25));
    window.explorer.finishEdit();
    ASSERT_TRUE(window.wait([&] { return window.explorer.isUpToDate(); }));
    QTest::qWait(100);
    EXPECT_EQ(failures.count(), 1);
    EXPECT_FALSE(window.desk.isKept());
    EXPECT_FALSE(window.desk.finish());
    // Once there is room, it goes on.
    QFile::remove(journals);
    window.edit(0.75);
    EXPECT_TRUE(window.desk.finish());
    EXPECT_EQ(journalCount(), 1);
}

TEST_F(ProjectDeskTest, AFullDiskKeepsWhatWasKeptBefore) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    window.edit(0.5);
    QSignalSpy failures(&window.desk, &ProjectDesk::failed);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit full{4096, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
    window.explorer.editVariation(sample::narrowed(0.25));
    window.explorer.finishEdit();
    const bool isSaid = window.wait([&] { return failures.count() == 1; });
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, ignored);
    ASSERT_TRUE(isSaid);
    const QString file = journals + '/' + QDir(journals).entryList({"*.netcaliper"}).value(0);
    EXPECT_EQ(app::readProject(file.toStdString())->variations.size(), 2u);
    window.edit(0.75);
    EXPECT_EQ(app::readProject(file.toStdString())->variations.size(), 4u);
}

TEST_F(ProjectDeskTest, ADamagedJournalIsNamedOnceAndKept) {
    ASSERT_TRUE(QDir().mkpath(journals));
    std::ofstream((journals + "/x.netcaliper").toStdString()) << "SQLite format 3";
    QStringList problems;
    EXPECT_TRUE(app::leftWork(journals.toStdString(), problems).empty());
    ASSERT_EQ(problems.size(), 1);
    EXPECT_TRUE(problems[0].contains("cannot be recovered"));
    EXPECT_TRUE(QFile::exists(journals + "/x.netcaliper.damaged"));
    app::leftWork(journals.toStdString(), problems);
    EXPECT_EQ(problems.size(), 1);
}

/// Large work is written by a worker: the thread of the window is free meanwhile.
TEST_F(ProjectDeskTest, KeepingNeverBlocksTheWindow) {
    Desk window(journals);
    window.open(path("kws.tflite"));
    qint64 best = 1'000'000;
    for (int attempt = 0; attempt < 5 && best >= 50; ++attempt) {
        types::Session session;
        session.name = "trace " + std::to_string(attempt);
        session.traces.push_back({1000, 0, std::vector<float>(4'000'000, 1.5f), {}});
        qint64 longest = 0;
        QElapsedTimer clock;
        QTimer beat;
        QObject::connect(&beat, &QTimer::timeout,
                         [&] { longest = std::max(longest, clock.restart()); });
        const auto shared = std::make_shared<const types::Session>(std::move(session));
        beat.start(1);
        clock.start();
        window.explorer.sessionBook().setSessions({shared});
        window.settle();
        best = std::min(best, std::max(longest, clock.elapsed()));
    }
    EXPECT_LT(best, 50);
}

}  // namespace
