// SPDX-License-Identifier: GPL-3.0-or-later
// The controllers behind the pages Fit and Studies: how they combine a choice with the state of
// Explorer.
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "../views/sample_evaluation.h"
#include "app/fit_desk.h"
#include "app/profile_desk.h"
#include "app/study_desk.h"
#include "cost/device_file.h"
#include "cost/predict.h"
#include "zoo/reference_models.h"

namespace {

using views::FitChoice;
using views::StudyChoice;

types::DevicePtr emulator() {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    return std::make_shared<const types::DeviceProfile>(
        cost::readDeviceFile(directory / "emulated-m4.json").value());
}

types::GraphPtr keywords() {
    return zoo::keywordDsCnn(zoo::Precision::Int8).value();
}

app::EngineVerbs deskEngine() {
    app::EngineVerbs verbs;
    verbs.read = [](const QString&) -> types::Result<types::GraphPtr> { return keywords(); };
    verbs.evaluate = [](const types::GraphPtr& graph, const app::Knobs& knobs, const types::Work&) {
        auto evaluation = sample::evaluation(knobs.variation.width, knobs.device);
        evaluation->graph = graph;
        evaluation->modelSha256 = "cafe";
        return types::Result<types::EvaluationPtr>(evaluation);
    };
    return verbs;
}

/// The layers of the keyword model with the costs of the emulator's profile.
types::SessionPtr session(const std::string& modelHash) {
    types::Session session;
    session.name = "keywords";
    session.conditions.modelHash = modelHash;
    session.conditions.modelName = "kws.tflite";
    const auto graph = keywords();
    const auto prediction = cost::Predictor(emulator()).predict(*graph);
    for (size_t i = 0; i < graph->ops.size(); ++i) {
        types::Measurement layer;
        layer.layer = static_cast<int32_t>(i);
        layer.op = graph->ops[i].name();
        layer.quantity = types::Quantity::Cycles;
        layer.samples = {25 * prediction.ops[i].latencyUs->value};
        session.measurements.push_back(layer);
    }
    return std::make_shared<const types::Session>(session);
}

struct LearningDesks : testing::Test {
    app::Explorer explorer{{emulator()}, deskEngine()};
    QTemporaryDir directory;

    void open() {
        explorer.openModel("kws.tflite");
        ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }, 10000));
    }
    /// The desk's error message; empty: none.
    QString fit(app::FitDesk& desk, const FitChoice& choice) {
        QString problem;
        bool isDone = false;
        const auto done = connect(desk, problem, isDone);
        desk.fit(choice);
        EXPECT_TRUE(QTest::qWaitFor([&] { return isDone; }, 20000));
        QObject::disconnect(done);
        return problem;
    }
    std::shared_ptr<types::FitReport> report;

private:
    QMetaObject::Connection connect(app::FitDesk& desk, QString& problem, bool& isDone) {
        QObject::connect(&desk, &app::FitDesk::fitted, &desk, [&](const types::FitReport& fitted) {
            report = std::make_shared<types::FitReport>(fitted);
            isDone = true;
        });
        return QObject::connect(&desk, &app::FitDesk::failed, &desk, [&](const QString& message) {
            problem = message;
            isDone = true;
        });
    }
};

TEST_F(LearningDesks, ASessionOfTheOpenModelIsFitted) {
    open();
    app::FitDesk desk(explorer);
    FitChoice choice;
    choice.sessions = {session("cafe")};
    choice.base = emulator();
    EXPECT_EQ(fit(desk, choice), "");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->layersFrom, "keywords");
    EXPECT_FALSE(report->measureHere.empty());
}

TEST_F(LearningDesks, AnotherModelsSessionIsRefusedByName) {
    open();
    app::FitDesk desk(explorer);
    FitChoice choice;
    choice.sessions = {session("0123")};
    choice.base = emulator();
    EXPECT_TRUE(fit(desk, choice).contains("kws.tflite"));
}

/// The check of a profile against the sessions of the project; null: it failed.
std::shared_ptr<types::ProfileCheck> checkedBy(app::Explorer& explorer,
                                               const views::CheckChoice& choice) {
    app::ProfileDesk desk(explorer);
    std::shared_ptr<types::ProfileCheck> result;
    bool isDone = false;
    QObject::connect(&desk, &app::ProfileDesk::checked, [&](const types::ProfileCheck& check) {
        result = std::make_shared<types::ProfileCheck>(check);
        isDone = true;
    });
    QObject::connect(&desk, &app::ProfileDesk::failed, [&] { isDone = true; });
    desk.check(choice);
    EXPECT_TRUE(QTest::qWaitFor([&] { return isDone; }, 20000));
    return result;
}

TEST_F(LearningDesks, AProfileIsCheckedAgainstTheSessionsOfItsBoard) {
    open();
    auto named = std::make_shared<types::Session>(*session("cafe"));
    named->conditions.core = "Cortex-M4";
    explorer.sessionBook().setSessions({named, session("cafe"), session("0123")});
    views::CheckChoice choice;
    choice.device = emulator();
    const auto check = checkedBy(explorer, choice);
    ASSERT_TRUE(check);
    const size_t ops = keywords()->ops.size();
    EXPECT_EQ(check->layers.size(), 3 * ops);
    const auto total = std::ranges::find(check->lines, "total", &types::FitLine::key);
    ASSERT_NE(total, check->lines.end());
    EXPECT_EQ(total->errors.layers, static_cast<int64_t>(ops));
    EXPECT_LT(total->errors.worstPercent, 0.01);
    EXPECT_EQ(check->notCompared.at(0).why, "its session names no board");
    EXPECT_EQ(check->notPredicted.at(0).why, "the model of the session is not known");
    choice.alsoNamelessBoards = true;
    EXPECT_TRUE(checkedBy(explorer, choice)->notCompared.empty());
    choice.table = "/nowhere.csv";
    EXPECT_FALSE(checkedBy(explorer, choice));
}

TEST_F(LearningDesks, ASavedProfileBecomesABoard) {
    app::FitDesk desk(explorer);
    QSignalSpy changed(&explorer, &app::Explorer::devicesChanged);
    const QString path = directory.filePath("my-board.json");
    const auto saved = desk.save(*emulator(), path);
    ASSERT_TRUE(saved) << saved.error().message();
    EXPECT_EQ(changed.count(), 1);
    ASSERT_EQ(explorer.devices().size(), 2u);
    EXPECT_EQ(explorer.devices()[1]->id, "my-board");
    EXPECT_EQ(cost::readDeviceFile(path.toStdString())->id, "my-board");
    // Saved again, it replaces itself.
    ASSERT_TRUE(desk.save(*emulator(), path));
    EXPECT_EQ(explorer.devices().size(), 2u);
    EXPECT_FALSE(desk.save(*emulator(), directory.filePath("no/such/folder.json")));
}

TEST_F(LearningDesks, AStudyRunsOnTheBoardsOrSaysWhatIsMissing) {
    app::StudyDesk desk(explorer);
    QString problem;
    types::Study study;
    QObject::connect(&desk, &app::StudyDesk::studied, &desk,
                     [&](const types::Study& found) { study = found; });
    QObject::connect(&desk, &app::StudyDesk::failed, &desk,
                     [&](const QString& message) { problem = message; });
    StudyChoice choice;
    choice.id = "linear-latency";
    choice.networks = 4;
    desk.study(choice);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !study.charts.empty(); }, 20000));
    EXPECT_EQ(study.charts[0].series.size(), 2u);
    choice.source = StudyChoice::Source::Sessions;
    desk.study(choice);
    EXPECT_TRUE(QTest::qWaitFor([&] { return problem.contains("latency_ms"); }, 20000));
}

}  // namespace
