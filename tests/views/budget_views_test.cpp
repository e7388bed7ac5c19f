// SPDX-License-Identifier: GPL-3.0-or-later
// Budgets in badges, cards, tables and tool tips: what is unknown is never shown as known.
#include <gtest/gtest.h>

#include "sample_evaluation.h"
#include "views/models/budget_model.h"
#include "views/models/budget_text.h"
#include "views/models/card_content.h"
#include "views/models/variations_model.h"
#include "views/widgets/fit_badge.h"

namespace {

using namespace views;

/// Its SRAM has an unknown part; of the arena only the planned part is known.
std::shared_ptr<types::Evaluation> halfKnown(int64_t limit) {
    auto e = sample::evaluation(0.5);
    e->tflmCortexM = {896, std::nullopt, "no figures for #0", false, 896, 0};
    e->sram =
        sample::budget({{"planned", 896, "counted"}, {"persistent", 0, "no figures", true}}, limit);
    e->sram->unknownReason = "persistent: no figures";
    return e;
}

TEST(BudgetText, SaysWhatIsSpare) {
    EXPECT_EQ(spareText(sample::budget({{"all", 30 * 1024, "-"}}, 7 * 1024)), "23.0 KiB too much");
    EXPECT_EQ(spareText(sample::budget({{"all", 100, "-"}}, 200)), "100 bytes free");
    EXPECT_EQ(spareText(*halfKnown(4000)->sram), "not known to fit");
    EXPECT_EQ(spareText(*halfKnown(800)->sram), "at least 96 bytes too much");
}

TEST(BudgetText, AnUnknownPartIsNamed) {
    const QString text = budgetSentence(*halfKnown(4000)->sram);
    EXPECT_TRUE(text.startsWith("at least 896 of 4,000 bytes, not known to fit"))
        << text.toStdString();
    EXPECT_TRUE(text.contains("persistent: no figures"));
}

TEST(BudgetText, StatesTheSpreadOfCode) {
    types::Budget budget = sample::budget({{"model", 1000, "-"}, {"code", 500, "-"}}, 2000);
    EXPECT_TRUE(publishedSentence(budget).isEmpty());
    budget.published = types::PublishedCode{400, 1500, "papers"};
    budget.reservedBytes = 500;
    EXPECT_EQ(publishedSentence(budget),
              "500 bytes are reserved for code. Published builds have 400 to 1,500, then 1,400 to "
              "2,500 in all, and the largest would not fit.");
}

TEST(BudgetViews, NoTextCallsAnUnknownNeedFitting) {
    const auto e = halfKnown(4000);
    EXPECT_EQ(fitText(*e), "SRAM not known to fit");
    EXPECT_EQ(e->verdict(), types::Verdict::Unknown);
    const CardContent card = cardContent(Metric::ArenaBytes, e.get(), nullptr);
    EXPECT_EQ(card.value, kUnknown);
    EXPECT_EQ(card.note, "not known to fit");
    EXPECT_FALSE(card.isPassed);
    EXPECT_TRUE(card.toolTip.contains("no figures for #0"));
    EXPECT_FALSE(boardLimit(Metric::ArenaBytes, *e));
    EXPECT_DOUBLE_EQ(*boardLimit(Metric::FlashBytes, *sample::evaluation(0.5)), 7000)
        << "of 9000 bytes, 2000 are the runtime's";
    FitBadge badge("SRAM");
    badge.setBudget(e->sram);
    EXPECT_EQ(badge.accessibleName(), "SRAM ≥ 22.4 %, not known to fit");
}

TEST(BudgetViews, TheTableShowsLowerBounds) {
    BudgetModel model;
    model.setEvaluation(halfKnown(4000));
    const auto cell = [&](int row, int column) {
        return model.index(row, column).data().toString();
    };
    EXPECT_EQ(cell(0, BudgetModel::What), "SRAM: not known to fit");
    EXPECT_EQ(cell(0, BudgetModel::Amount), "≥ 896");
    EXPECT_EQ(cell(1, BudgetModel::Amount), "896");
    EXPECT_EQ(cell(2, BudgetModel::Amount), kUnknown);
}

}  // namespace
