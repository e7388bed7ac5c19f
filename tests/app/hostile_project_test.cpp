// SPDX-License-Identifier: GPL-3.0-or-later
// A project file from somebody else is read as far as it is sound, or refused with a reason.
#include <gtest/gtest.h>

#include <random>

#include "engine/evaluate.h"
#include "store/schema_steps.h"
#include "support/damaged_project.h"
#include "support/project_summary.h"
#include "tflite/write.h"

namespace {

/// The reason of the refusal; empty: it was read.
std::string refusalOf(const std::string& recipe, app::Project* read = nullptr) {
    static const std::string whole = support::wholeProjectFile();
    const support::TemporaryDir dir;
    support::writeDamaged(dir / "p.netcaliper", whole, recipe);
    const auto project = app::readProject(dir / "p.netcaliper");
    if (!project) return project.error().message();
    if (read) *read = *project;
    return {};
}

bool hasWord(const std::string& text, const char* word) {
    return text.find(word) != std::string::npos;
}

TEST(HostileProject, TheWholeOneIsRead) {
    app::Project read;
    EXPECT_EQ(refusalOf("", &read), "");
    EXPECT_EQ(support::summaryOf(read), support::summaryOf(support::wholeProject()));
}

TEST(HostileProject, LayersThatTheModelLacksAreLeftOut) {
    app::Project read;
    EXPECT_EQ(refusalOf("workspace layer i 99\npicked_layer layer i 77", &read), "");
    EXPECT_EQ(read.workspace->layers, std::vector<int32_t>{2});
    EXPECT_EQ(read.workspace->layer, 2);
}

TEST(HostileProject, AModelThatIsNoneIsRefused) {
    EXPECT_FALSE(refusalOf("model file b not a model").empty());
    EXPECT_TRUE(hasWord(refusalOf("model sha256 t " + std::string(64, '0')), "hash differs"));
    EXPECT_FALSE(refusalOf("trained_file file b not a model").empty());
}

TEST(HostileProject, ATrainedModelMustBeOneOfItsModel) {
    EXPECT_TRUE(hasWord(refusalOf("trained_operator origin i 99"), "not one of its model"));
    EXPECT_TRUE(hasWord(refusalOf("trained_operator origin i -2"), "not one of its model"));
    EXPECT_TRUE(hasWord(refusalOf("trained_operator * d"), "not one of its model"));
    EXPECT_TRUE(hasWord(refusalOf("training best_epoch i 50"), "curves"));
    EXPECT_TRUE(hasWord(refusalOf("training_epoch loss r 1e999"), "curves"));
}

TEST(HostileProject, KnobsAndBoardsAreReadStrictly) {
    for (const char* recipe : {"variation knobs t {\"netcaliper_variation\":1,\"width\":7}",
                               "mark knobs t {}", "workspace knobs t [[[["})
        EXPECT_FALSE(refusalOf(recipe).empty()) << recipe;
    for (const char* recipe :
         {"workspace board_profile t {\"id\":3}", "workspace board_profile t ["}) {
        app::Project read;
        EXPECT_EQ(refusalOf(recipe, &read), "") << recipe;
        EXPECT_FALSE(read.workspace->ownBoard);
        EXPECT_EQ(read.workspace->board, "own");
    }
}

TEST(HostileProject, FiguresThatMakeNoSenseAreNone) {
    app::Project read;
    EXPECT_EQ(refusalOf("workspace period_ms r 1e999\nworkspace sleep_mw r -3", &read), "");
    EXPECT_EQ(read.workspace->duty, types::DutyCycle());
}

/// Whatever is in the file: it is refused with a reason, or what is read can be evaluated.
TEST(HostileProject, NoiseNeverCrashes) {
    static const std::string whole = support::wholeProjectFile();
    std::mt19937 random(5);
    const char* const kinds[] = {"i", "r", "t", "b", "n", "d"};
    const char* const values[] = {"-1", "1e308", "2147483648",          "",
                                  "{}", "0",     "99999999999999999999"};
    int readCount = 0;
    for (int round = 0; round < 150; ++round) {
        std::string recipe;
        for (unsigned i = 0; i <= random() % 3; ++i) {
            if (random() % 3 == 0)
                recipe += "@ " + std::to_string(random()) + " ff00" +
                          std::to_string(10 + random() % 90) + '\n';
            else
                recipe += std::to_string(random()) + ' ' + std::to_string(random()) + ' ' +
                          kinds[random() % 6] + ' ' + values[random() % 7] + '\n';
        }
        app::Project read;
        const std::string reason = refusalOf(recipe, &read);
        if (!reason.empty() || !read.graph) continue;
        ++readCount;
        for (size_t i = 0; i < read.variations.size(); ++i) {
            engine::EvaluateOptions options;
            options.training.done = read.trainedModel(i);
            if (!read.variations[i].train.isSet() || options.training.done)
                (void)engine::evaluate(read.graph, read.variations[i].normalized(), nullptr,
                                       options, {});
        }
    }
    EXPECT_GT(readCount, 20);
}

/// Of version 2 on, files hold models.
class OldProject : public testing::TestWithParam<size_t> {};

TEST_P(OldProject, OpensWithWhatItHolds) {
    const support::TemporaryDir dir;
    const app::Project whole = support::wholeProject();
    const types::Bytes model =
        whole.graph->original.empty() ? tflite::writeBytes(*whole.graph) : whole.graph->original;
    {
        SQLite::Database database((dir / "old.netcaliper").string(),
                                  SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("PRAGMA application_id = " + std::to_string(store::kApplicationId));
        for (size_t step = 0; step < GetParam(); ++step)
            database.exec(store::schemaSteps()[step]);
        database.exec("PRAGMA user_version = " + std::to_string(GetParam()));
        SQLite::Statement row(database,
                              "INSERT INTO model (id, name, sha256, file) VALUES (1,?,?,?)");
        row.bind(1, "old");
        row.bind(2, bytes::sha256(model.view()));
        row.bind(3, model.data(), static_cast<int>(model.size()));
        row.exec();
        database.exec(
            "INSERT INTO variation (model_id, label, knobs) VALUES (1, 'w0.5', "
            "'{\"netcaliper_variation\": 1, \"width\": 0.5}')");
    }
    const auto project = app::readProject(dir / "old.netcaliper");
    ASSERT_TRUE(project) << project.error().message();
    EXPECT_EQ(project->graph->name, "old");
    ASSERT_EQ(project->variations.size(), 1u);
    EXPECT_FALSE(project->workspace);
    ASSERT_TRUE(app::writeProject(*project, dir / "old.netcaliper"));
}

INSTANTIATE_TEST_SUITE_P(EveryVersion, OldProject,
                         testing::Range(size_t{2}, store::schemaSteps().size() + 1),
                         testing::PrintToStringParamName());

}  // namespace
