// SPDX-License-Identifier: GPL-3.0-or-later
// Training from the window: on demand only, held and ended by the user, kept with its weights.
#include "app/training_desk.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <fstream>

#include "app/export_forms.h"
#include "support/classifier_data.h"
#include "tflite/read.h"
#include "tflite/write.h"

namespace {

using app::Explorer;
using app::TrainingDesk;
using types::Variation;

/// A small model as a file, and data beside nothing: rows of 128 values and a label.
struct Workshop {
    QTemporaryDir folder;
    types::GraphPtr graph = classified::classifier();
    data::DatasetPtr samples = classified::labelledBy(*graph, 160);

    Workshop() {
        (void)tflite::write(*graph, path("model.tflite").toStdString());
        std::ofstream rows(path("samples.csv").toStdString());
        for (const data::Sample& sample : samples->samples) {
            std::vector<float> values(128);
            std::memcpy(values.data(), sample.bytes.data(), sample.bytes.size());
            for (const float value : values)
                rows << value << ',';
            rows << sample.label << '\n';
        }
    }
    QString path(const QString& name) const { return folder.filePath(name); }
};

/// A window's controllers without the window; counts what the engine was asked for.
struct Controllers {
    std::atomic<int> evaluatedTrained{0}, trainings{0};
    Explorer explorer;
    TrainingDesk desk;

    explicit Controllers(const Workshop& workshop)
        : explorer({}, counted()),
          desk(explorer, countedTraining(), workshop.path("trainings").toStdString()) {}

    app::EngineVerbs counted() {
        app::EngineVerbs verbs = app::realEngine();
        verbs.dataBeside = nullptr;
        verbs.evaluate = [this, real = verbs.evaluate](const types::GraphPtr& graph,
                                                       const app::Knobs& knobs,
                                                       const types::Work& work) {
            if (knobs.effective().train.isSet() && !knobs.trained) ++evaluatedTrained;
            return real(graph, knobs, work);
        };
        return verbs;
    }
    app::TrainingVerbs countedTraining() {
        app::TrainingVerbs verbs = app::realTraining();
        verbs.train = [this, real = verbs.train](
                          const types::GraphPtr& graph, const app::Knobs& knobs,
                          const engine::TrainingControl& control, const types::Work& work) {
            ++trainings;
            return real(graph, knobs, control, work);
        };
        return verbs;
    }
    bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 60'000); }
    bool settle() {
        return wait([this] {
            const auto& tried = explorer.tried();
            return !explorer.isBusy() && explorer.isUpToDate() &&
                   std::all_of(tried.begin(), tried.end(), [](const auto& entry) {
                       return entry.evaluation && !entry.outdated;
                   });
        });
    }
    bool open(const QString& model, const QString& data = {}) {
        explorer.openModel(model);
        if (!wait([this] { return explorer.graph() != nullptr; }) || !settle()) return false;
        if (data.isEmpty()) return true;
        explorer.openData(data);
        return wait([this] { return explorer.knobs().data != nullptr; }) && settle();
    }
    void edit(const std::function<void(Variation&)>& change) {
        Variation variation = explorer.knobs().variation;
        change(variation);
        explorer.editVariation(variation);
        explorer.finishEdit();
    }
    bool train() {
        QSignalSpy trained(&desk, &TrainingDesk::trained);
        desk.start();
        return wait([&] { return trained.count() == 1; }) && settle();
    }
};

struct TrainingDeskTest : testing::Test {
    Workshop workshop;
    Controllers session{workshop};
    Explorer& explorer = session.explorer;
    TrainingDesk& desk = session.desk;

    void openAndPrune(int epochs = 2) {
        ASSERT_TRUE(session.open(workshop.path("model.tflite"), workshop.path("samples.csv")));
        session.edit([epochs](Variation& v) {
            v.prune.channels = 0.5;
            v.train.epochs = epochs;
        });
        ASSERT_TRUE(session.settle());
    }
};

TEST_F(TrainingDeskTest, KnobsOfATrainingStartNone) {
    openAndPrune();
    for (const double share : {0.25, 0.5}) {
        session.edit([share](Variation& v) { v.prune.channels = share; });
        ASSERT_TRUE(session.settle());
    }
    EXPECT_EQ(session.evaluatedTrained, 0);
    EXPECT_EQ(session.trainings, 0);
    EXPECT_FALSE(explorer.shown()->training);
    EXPECT_EQ(explorer.knobs().variation.train.epochs, 2);
}

TEST_F(TrainingDeskTest, SaysWhatIsMissing) {
    QSignalSpy failures(&desk, &TrainingDesk::failed);
    desk.start();
    EXPECT_TRUE(failures[0][0].toString().contains("Open a model first"));
    ASSERT_TRUE(session.open(workshop.path("model.tflite")));
    desk.start();
    EXPECT_TRUE(failures[1][0].toString().contains("No data set"));
    explorer.openData(workshop.path("samples.csv"));
    ASSERT_TRUE(session.wait([this] { return explorer.knobs().data != nullptr; }));
    desk.start();
    EXPECT_TRUE(failures[2][0].toString().contains("Set the epochs or a time"));
    EXPECT_EQ(session.trainings, 0);
}

TEST_F(TrainingDeskTest, PlansWhileItIsLookedAt) {
    openAndPrune();
    std::vector<types::TrainingPlan> plans;
    QString problem = "none";
    QObject::connect(&desk, &TrainingDesk::planned,
                     [&](const std::optional<types::TrainingPlan>& plan, const QString& why) {
                         if (plan) plans.push_back(*plan);
                         problem = why;
                     });
    session.edit([](Variation& v) { v.train.seed = 2; });
    QTest::qWait(300);
    EXPECT_TRUE(plans.empty());
    desk.setWatched(true);
    ASSERT_TRUE(session.wait([&] { return !plans.empty(); }));
    EXPECT_EQ(plans[0].train.samples + plans[0].validation.samples + plans[0].test.samples, 160);
    EXPECT_TRUE(problem.isEmpty());
    session.edit([](Variation& v) { v.train.epochs = 0; });
    ASSERT_TRUE(session.wait([&] { return problem.contains("Set the epochs"); }));
}

TEST_F(TrainingDeskTest, ATrainedVariationIsShownAndUndone) {
    openAndPrune();
    const size_t before = explorer.tried().size();
    int original = 0, varied = 0;
    QObject::connect(&desk, &TrainingDesk::progressed,
                     [&](const views::TrainingProgress& progress) {
                         if (progress.original) original = progress.original->epochs;
                         if (progress.varied) varied = progress.varied->epochs;
                     });
    ASSERT_TRUE(session.train());
    EXPECT_EQ(original, 2);
    EXPECT_EQ(varied, 2);
    EXPECT_EQ(explorer.tried().size(), before + 1);
    ASSERT_TRUE(explorer.shown()->training);
    EXPECT_TRUE(explorer.shown()->trainedOriginalQuality);
    EXPECT_EQ(explorer.undoStack().undoText(), "training");
    const std::string sha = explorer.shown()->modelSha256;

    explorer.undoStack().undo();
    ASSERT_TRUE(session.settle());
    EXPECT_FALSE(explorer.shown()->training);
    EXPECT_DOUBLE_EQ(explorer.shown()->variation.prune.channels, 0.5);
    explorer.undoStack().redo();
    ASSERT_TRUE(session.settle());
    EXPECT_EQ(explorer.shown()->modelSha256, sha);
    // Another share is not trained; the list brings the trained one back.
    session.edit([](Variation& v) { v.prune.channels = 0.25; });
    ASSERT_TRUE(session.settle());
    EXPECT_FALSE(explorer.shown()->training);
    explorer.chooseVariation(explorer.tried()[before].variation);
    ASSERT_TRUE(session.settle());
    EXPECT_EQ(explorer.shown()->modelSha256, sha);
    EXPECT_EQ(session.trainings, 1);
    EXPECT_EQ(session.evaluatedTrained, 0);
}

TEST_F(TrainingDeskTest, PausesAndEndsWithTheBestSoFar) {
    openAndPrune(100'000);
    desk.start();
    ASSERT_TRUE(session.wait([this] { return session.trainings == 1; }));
    desk.setPaused(true);
    EXPECT_TRUE(desk.isPaused());
    QTest::qWait(50);
    EXPECT_TRUE(desk.isRunning());
    desk.setPaused(false);
    EXPECT_FALSE(desk.isPaused());
    QSignalSpy trained(&desk, &TrainingDesk::trained);
    desk.finish();
    ASSERT_TRUE(session.wait([&] { return trained.count() == 1; }));
    ASSERT_TRUE(session.settle());
    EXPECT_TRUE(explorer.shown()->training->wasStopped);
}

TEST_F(TrainingDeskTest, ACancelledTrainingGoesOnWhereItWas) {
    openAndPrune(100'000);
    int epochs = 0;
    QObject::connect(&desk, &TrainingDesk::progressed,
                     [&](const views::TrainingProgress& progress) {
                         if (progress.original) epochs = progress.original->epochs;
                     });
    desk.start();
    ASSERT_TRUE(session.wait([&] { return epochs >= 3; }));
    desk.cancel();
    EXPECT_FALSE(desk.isRunning());
    const int done = epochs;
    epochs = 0;
    desk.start();
    ASSERT_TRUE(session.wait([&] { return epochs > 0; }));
    EXPECT_GT(epochs, done - 1);
    EXPECT_EQ(explorer.tried().size(), 2u);
    desk.cancel();
}

TEST_F(TrainingDeskTest, AnotherModelEndsTheTraining) {
    openAndPrune(100'000);
    desk.start();
    EXPECT_TRUE(desk.isRunning());
    ASSERT_TRUE(session.open(workshop.path("model.tflite")));
    ASSERT_TRUE(session.wait([this] { return !desk.isRunning(); }));
    EXPECT_EQ(explorer.tried().size(), 1u);
}

TEST_F(TrainingDeskTest, TheWalkOfAUser) {
    openAndPrune();
    // Pruned to half, quantized, trained, compared with what is untrained.
    session.edit([](Variation& v) { v.quantize.precision = types::Precision::Int8; });
    ASSERT_TRUE(session.settle());
    ASSERT_TRUE(session.train());
    const types::EvaluationPtr trained = explorer.shown();
    ASSERT_TRUE(trained->quality && trained->originalQuality && trained->trainedOriginalQuality);
    EXPECT_TRUE(explorer.hasUnsavedTraining());
    // Exported with its weights.
    report::ReportInput subject;
    subject.reported = trained;
    ASSERT_TRUE(
        app::exportTo(*app::exportKind("tflite"), subject, workshop.path("trained.tflite")));
    const auto exported = tflite::read(workshop.path("trained.tflite").toStdString());
    ASSERT_TRUE(exported);
    EXPECT_EQ((*exported)->ops.size(), trained->graph->ops.size());
    // Saved and opened again: shown without training.
    QSignalSpy saved(&explorer, &Explorer::projectSaved);
    explorer.saveProject(workshop.path("walk.netcaliper"));
    ASSERT_TRUE(session.wait([&] { return saved.count() == 1; }));
    EXPECT_FALSE(explorer.hasUnsavedTraining());

    Controllers later(workshop);
    ASSERT_TRUE(later.open(workshop.path("walk.netcaliper"), workshop.path("samples.csv")));
    ASSERT_EQ(later.explorer.tried().size(), explorer.tried().size());
    later.explorer.chooseVariation(trained->variation);
    ASSERT_TRUE(later.settle());
    const types::EvaluationPtr again = later.explorer.shown();
    EXPECT_EQ(again->modelSha256, trained->modelSha256);
    ASSERT_TRUE(again->training);
    EXPECT_EQ(again->training->loss, trained->training->loss);
    EXPECT_EQ(again->changes, trained->changes);
    EXPECT_DOUBLE_EQ(again->quality->top1->value, trained->quality->top1->value);
    EXPECT_DOUBLE_EQ(again->trainedOriginalQuality->top1->value,
                     trained->trainedOriginalQuality->top1->value);
    for (size_t i = 0; i < again->layers.size(); ++i)
        EXPECT_EQ(again->layers[i].origin, trained->layers[i].origin);
    EXPECT_EQ(later.trainings, 0);
    EXPECT_EQ(later.evaluatedTrained, 0);
}

TEST_F(TrainingDeskTest, AProjectWithoutTheTrainedModelSaysSo) {
    Variation trained;
    trained.train.epochs = 5;
    const std::filesystem::path path = workshop.path("old.netcaliper").toStdString();
    ASSERT_TRUE(app::writeProject({workshop.graph, {{}, trained}, {}, {}}, path));
    QSignalSpy failures(&explorer, &Explorer::failed);
    ASSERT_TRUE(session.open(workshop.path("old.netcaliper")));
    EXPECT_EQ(explorer.tried().size(), 1u);
    ASSERT_EQ(failures.count(), 1);
    EXPECT_TRUE(failures[0][0].toString().contains("trained 5ep: train them again"));
    EXPECT_EQ(session.evaluatedTrained, 0);
}

}  // namespace
