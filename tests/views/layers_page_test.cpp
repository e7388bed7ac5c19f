// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/layers_page.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>

#include "sample_evaluation.h"
#include "views/models/roles.h"
#include "views/widgets/fold_section.h"
#include "views/widgets/layers_table.h"

namespace {

using namespace views;

TEST(LayersPage, ShowsOnlyWhatAChosenRuntimeDoesNotSimplyRun) {
    Selection selection;
    EvaluationFeed feed;
    LayersModel layers;
    LayersPage page(selection, feed, layers);
    layers.setEvaluation(sample::evaluation());
    auto* table = page.findChild<LayersTable*>();
    auto* runtime = page.findChild<QComboBox*>();
    auto* only = page.findChild<QCheckBox*>();
    ASSERT_TRUE(table && runtime && only);
    EXPECT_TRUE(table->isColumnHidden(LayersModel::Runtime));

    types::RuntimeSupport support{"tflm@x", "TFLM of x", {}, {}, {}};
    support.layers.resize(static_cast<size_t>(layers.rowCount()),
                          {types::Support::Runs, {}, "a file", {}});
    support.layers[1].verdict = types::Support::FallsBack;
    page.setRuntimes({support});
    EXPECT_EQ(runtime->count(), 2);
    EXPECT_FALSE(only->isEnabled());
    runtime->setCurrentIndex(1);
    EXPECT_FALSE(table->isColumnHidden(LayersModel::Runtime));
    only->setChecked(true);
    EXPECT_EQ(table->proxy().rowCount(), 1);
    page.setRuntimes({support});  // after the next evaluation
    EXPECT_EQ(runtime->currentIndex(), 1);
    runtime->setCurrentIndex(0);
    EXPECT_EQ(table->proxy().rowCount(), layers.rowCount());
}

TEST(LayersPage, ShowsWhatCalledSubgraphsHold) {
    Selection selection;
    EvaluationFeed feed;
    LayersModel layers;
    LayersPage page(selection, feed, layers);
    page.show();
    auto* section = page.findChild<FoldSection*>();
    ASSERT_TRUE(section);
    EXPECT_FALSE(section->isVisible());
    types::CalledSubgraph body{2, "body", {{0, 3, "#3 WHILE", "one round of the body"}}, {}};
    body.layers.resize(2);
    body.layers[1].index = 1;
    body.layers[1].op = "MUL";
    body.layers[1].ops = 1234;
    page.setCalled({body});
    EXPECT_TRUE(section->isVisible());
    CalledLayersModel model;
    model.setCalled({body});
    ASSERT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.index(1, CalledLayersModel::Op).data().toString(), "MUL");
    EXPECT_EQ(model.index(1, CalledLayersModel::Subgraph).data().toString(), "2 body");
    EXPECT_EQ(model.index(1, CalledLayersModel::Caller).data().toString(),
              "#3 WHILE: one round of the body");
    EXPECT_EQ(model.index(1, CalledLayersModel::Ops).data(PlainRole).toString(), "1234");
    page.setCalled({});
    EXPECT_FALSE(section->isVisible());
}

}  // namespace
