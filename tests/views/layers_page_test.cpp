// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/layers_page.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>

#include "sample_evaluation.h"
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

}  // namespace
