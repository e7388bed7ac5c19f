// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "store/evaluation_table.h"
#include "store/model_table.h"
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

TEST_F(ProjectTables, AnEvaluationComesBackAndTheNewestStays) {
    const auto variation = *store::storeVariation(m_file, m_model, "original", "{}");
    ASSERT_TRUE(store::storeEvaluation(m_file, variation, sampleEvaluation()));
    Evaluation newer = sampleEvaluation();
    newer.totals.macs = 5;
    ASSERT_TRUE(store::storeEvaluation(m_file, variation, newer));
    const auto entries = store::listEvaluations(m_file, m_model);
    ASSERT_EQ(entries->size(), 1u);
    const store::EvaluationEntry& entry = entries->front();
    EXPECT_EQ(entry.variation, variation);
    EXPECT_EQ(entry.totals.macs, 5);
    EXPECT_EQ(entry.totals.arenaBytes, 21'504);
    EXPECT_EQ(entry.totals.latencyUs->low, 900);
    EXPECT_FALSE(entry.totals.energyUj);
    EXPECT_EQ(entry.totals.sqnrDb, 31.5);
    EXPECT_FALSE(entry.flash);
    EXPECT_EQ(entry.sram, (store::MemoryUse{30'000, 131'072}));
}

TEST_F(ProjectTables, RemovingAVariationTakesItsEvaluationsAlong) {
    const auto variation = *store::storeVariation(m_file, m_model, "original", "{}");
    ASSERT_TRUE(store::storeEvaluation(m_file, variation, sampleEvaluation()));
    ASSERT_TRUE(store::removeVariation(m_file, variation));
    EXPECT_TRUE(store::listEvaluations(m_file, m_model)->empty());
}

}  // namespace
