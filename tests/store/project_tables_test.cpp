// SPDX-License-Identifier: GPL-3.0-or-later
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "store/evaluation_table.h"
#include "store/model_table.h"
#include "store/training_table.h"
#include "support/temporary_dir.h"

namespace {

using namespace types;

class ProjectTables : public testing::Test {
protected:
    support::TemporaryDir m_dir;
    store::ProjectFile m_file = *store::ProjectFile::openOrCreate(m_dir / "p.netcaliper");
    int64_t m_model = *store::storeModel(m_file, "kws", Bytes({1, 2, 3}));
};

TEST_F(ProjectTables, AModelIsKnownByItsBytes) {
    EXPECT_EQ(*store::storeModel(m_file, "another name", Bytes({1, 2, 3})), m_model);
    EXPECT_NE(*store::storeModel(m_file, "kws", Bytes({1, 2, 4})), m_model);
    const auto models = store::listModels(m_file);
    ASSERT_EQ(models->size(), 2u);
    EXPECT_EQ((*models)[0].name, "kws");
    EXPECT_EQ((*models)[0].bytes, 3);
    EXPECT_EQ((*models)[0].sha256,
              "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    const auto bytes = store::readModel(m_file, m_model);
    EXPECT_EQ(std::vector<uint8_t>(bytes->view().begin(), bytes->view().end()),
              (std::vector<uint8_t>{1, 2, 3}));
    EXPECT_FALSE(store::readModel(m_file, 99));
}

TEST_F(ProjectTables, VariationsKeepTheirTextAndHaveOneIdEach) {
    const std::string knobs = R"({"width": 0.75})";
    const auto id = store::storeVariation(m_file, m_model, "w0.75", knobs);
    ASSERT_TRUE(id) << id.error().message();
    EXPECT_EQ(*store::storeVariation(m_file, m_model, "renamed", knobs), *id);
    const auto variations = store::listVariations(m_file, m_model);
    ASSERT_EQ(variations->size(), 1u);
    EXPECT_EQ((*variations)[0].label, "renamed");
    EXPECT_EQ((*variations)[0].knobs, knobs);
    EXPECT_FALSE(store::storeVariation(m_file, m_model, "bad", "{width"));
    EXPECT_FALSE(store::storeVariation(m_file, 99, "no such model", knobs));
}

Evaluation sampleEvaluation() {
    Evaluation e;
    e.totals.macs = 2'656'768;
    e.totals.arenaBytes = 21'504;
    e.totals.latencyUs = Estimate{1000, 900, 1100};
    e.totals.sqnrDb = 31.5;
    Budget& sram = e.sram.emplace();
    sram.usedBytes = 30'000;
    sram.limitBytes = 131'072;
    return e;
}

TEST_F(ProjectTables, AnEvaluationIsKeptAndTheNewestStays) {
    const auto variation = *store::storeVariation(m_file, m_model, "original", "{}");
    ASSERT_TRUE(store::storeEvaluation(m_file, variation, sampleEvaluation()));
    Evaluation newer = sampleEvaluation();
    newer.totals.macs = 5;
    ASSERT_TRUE(store::storeEvaluation(m_file, variation, newer));
    SQLite::Database database((m_dir / "p.netcaliper").string());
    SQLite::Statement row(database,
                          "SELECT variation_id, macs, arena_bytes, latency_low_us, energy_uj, "
                          "sqnr_db, flash_used_bytes, sram_used_bytes, sram_limit_bytes "
                          "FROM evaluation");
    ASSERT_TRUE(row.executeStep());
    const auto integer = [&row](int column) { return row.getColumn(column).getInt64(); };
    EXPECT_EQ(integer(0), variation);
    EXPECT_EQ(integer(1), 5);
    EXPECT_EQ(integer(2), 21'504);
    EXPECT_EQ(row.getColumn(3).getDouble(), 900);
    EXPECT_TRUE(row.getColumn(4).isNull());
    EXPECT_EQ(row.getColumn(5).getDouble(), 31.5);
    EXPECT_TRUE(row.getColumn(6).isNull());
    EXPECT_EQ(integer(7), 30'000);
    EXPECT_EQ(integer(8), 131'072);
    EXPECT_FALSE(row.executeStep());
}

store::StoredTraining sampleTraining() {
    store::StoredTraining training;
    training.model = Bytes({7, 8, 9});
    training.origins = {0, 2, -1};
    training.original = Bytes({7, 8});
    training.log.epochs = 2;
    training.log.seconds = 1.5;
    training.log.loss = {0.5, 0.25};
    training.log.validationLoss = {0.75, 0.5};
    training.log.accuracy = {0.5, 0.875};
    training.log.bestEpoch = 2;
    training.log.seed = 3;
    training.log.notes = {"#1 ARG_MAX is not trained"};
    training.changes = {"channels removed", "trained 2 epochs"};
    training.samples = "training part of kws01";
    training.learned = {1, 0xffffffffffffffff};
    return training;
}

int64_t filesIn(const store::ProjectFile& file) {
    return file.database().execAndGet("SELECT count(*) FROM trained_file").getInt64();
}

TEST_F(ProjectTables, ATrainedModelIsKeptWithItsCurves) {
    const int64_t variation = *store::storeVariation(m_file, m_model, "trained", "{}");
    const store::StoredTraining stored = sampleTraining();
    ASSERT_TRUE(store::storeTraining(m_file, variation, stored));
    const auto read = store::readTraining(m_file, variation);
    ASSERT_TRUE(read && *read);
    const store::StoredTraining& found = **read;
    EXPECT_EQ(found.model.view().size(), 3u);
    EXPECT_EQ(found.model.view()[2], 9);
    EXPECT_EQ(found.original.view().size(), 2u);
    EXPECT_EQ(found.origins, stored.origins);
    EXPECT_EQ(found.log.loss, stored.log.loss);
    EXPECT_EQ(found.log.validationLoss, stored.log.validationLoss);
    EXPECT_EQ(found.log.accuracy, stored.log.accuracy);
    EXPECT_EQ(found.log.seed, 3);
    EXPECT_EQ(found.log.notes, stored.log.notes);
    EXPECT_EQ(found.changes, stored.changes);
    EXPECT_EQ(found.samples, stored.samples);
    EXPECT_EQ(found.learned, stored.learned);
    EXPECT_FALSE(*store::readTraining(m_file, variation + 1));
}

TEST_F(ProjectTables, EqualTrainedModelsAreStoredOnceAndReplacedOnesRemoved) {
    const int64_t one = *store::storeVariation(m_file, m_model, "one", "{}");
    const int64_t other = *store::storeVariation(m_file, m_model, "other", "[]");
    store::StoredTraining training = sampleTraining();
    ASSERT_TRUE(store::storeTraining(m_file, one, training));
    training.model = Bytes({7, 8, 10});
    ASSERT_TRUE(store::storeTraining(m_file, other, training));
    EXPECT_EQ(filesIn(m_file), 3);  // two models, one original
    ASSERT_TRUE(store::storeTraining(m_file, one, training));
    EXPECT_EQ(filesIn(m_file), 2);
}

TEST_F(ProjectTables, ATrainedModelThatWasChangedIsRefused) {
    const int64_t variation = *store::storeVariation(m_file, m_model, "trained", "{}");
    ASSERT_TRUE(store::storeTraining(m_file, variation, sampleTraining()));
    m_file.database().exec("UPDATE trained_file SET file = x'00'");
    const auto read = store::readTraining(m_file, variation);
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().message().find("its hash differs"), std::string::npos);
}

}  // namespace
