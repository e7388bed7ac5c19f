// SPDX-License-Identifier: GPL-3.0-or-later
// Counted instructions as the window shows them: columns beside the predictions, bars by class, a
// table of their own.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>

#include "sample_evaluation.h"
#include "views/models/layers_model.h"
#include "views/models/measured_layers.h"
#include "views/models/mix_bars.h"
#include "views/models/mix_model.h"
#include "views/models/roles.h"
#include "views/models/session_boxes.h"
#include "views/models/table_text.h"
#include "views/number_format.h"
#include "views/widgets/layers_table.h"
#include "views/widgets/pages/sessions_page.h"
#include "views/widgets/plots/mix_plot.h"

namespace {

using namespace views;
using types::Quantity;

/// One layer with counts, one without MACs, both with time estimated from them.
types::SessionPtr countedSession() {
    auto session = std::make_shared<types::Session>();
    session->name = "emulated";
    session->conditions.source = types::MeasurementSource::Emulator;
    const auto add = [&](const std::string& key, int layer, Quantity quantity, double value,
                         bool estimated = false) {
        session->measurements.push_back({key,
                                         layer,
                                         layer == 0 ? "CONV_2D" : "ADD",
                                         quantity,
                                         {value},
                                         estimated,
                                         estimated ? "by ratio" : ""});
    };
    for (const int layer : {0, 1}) {
        const std::string key = types::layerKey(layer, layer == 0 ? "CONV_2D" : "ADD");
        add(key, layer, Quantity::Instructions, 60);
        add(key, layer, Quantity::LatencyUs, 0.5, true);
        for (size_t c = 0; c < types::kInstructionClasses.size(); ++c)
            add(types::keyWithin(key, types::kInstructionClasses[c]), layer, Quantity::Count,
                c == 2 ? 35 : 5);
        add(types::keyWithin(key, types::kMacsOfLayer), layer, Quantity::Count, layer ? 0 : 120);
    }
    return session;
}

types::SessionPtr timedSession() {
    auto session = std::make_shared<types::Session>();
    session->name = "host";
    session->measurements.push_back(
        {"#1 CONV_2D", 1, "CONV_2D", Quantity::LatencyUs, {1000, 1020, 5000}, false, ""});
    return session;
}

TEST(MeasuredLayers, OfCountsAreColumnsThatSayTheirSource) {
    const auto layers = measuredLayers(*countedSession());
    ASSERT_TRUE(layers);
    QStringList titles;
    for (const MeasuredColumn& column : layers->columns)
        titles << column.title;
    EXPECT_EQ(titles, (QStringList{"Instructions", "Instr./MAC", "Loads", "Stores", "Mult.-acc.",
                                   "Branches", "Other", "Estimated (µs)"}));
    EXPECT_EQ(layers->mainColumns, 1u);
    EXPECT_EQ(layers->columns[0].textOf(0), "60");
    EXPECT_EQ(layers->columns[1].textOf(0), "0.50");
    EXPECT_EQ(layers->columns[1].textOf(1), kUnknown);
    EXPECT_EQ(layers->columns[4].textOf(0), "58.3 %");
    EXPECT_EQ(layers->columns[5].textOf(0), "16.7 %");
    EXPECT_EQ(layers->columns[0].textOf(7), kUnknown);
    EXPECT_TRUE(layers->columns[0].toolTip.contains("emulated: emulator"));
    EXPECT_TRUE(layers->columns[7].toolTip.contains("by ratio"));
}

TEST(MeasuredLayers, OfTimesAreOneColumn) {
    const auto layers = measuredLayers(*timedSession());
    ASSERT_TRUE(layers);
    ASSERT_EQ(layers->columns.size(), 1u);
    EXPECT_EQ(layers->columns[0].title, "Measured (µs)");
    EXPECT_EQ(layers->columns[0].valueOf(1), 1020);
    EXPECT_FALSE(measuredLayers(types::Session()));
}

TEST(MixBars, StackTheClassesOfEachLayer) {
    const auto counted = countedSession();
    EXPECT_TRUE(hasMix(*counted));
    EXPECT_FALSE(hasMix(*timedSession()));
    const MixBars all = mixBars(*counted, MixPer::Inference);
    ASSERT_EQ(all.bars.size(), 2u);
    EXPECT_EQ(all.largest, 60);
    EXPECT_EQ(all.bars[1].parts[2], 35);
    EXPECT_TRUE(all.bars[0].toolTip.contains("0.50 a MAC"));
    const MixBars perMac = mixBars(*counted, MixPer::Mac);
    EXPECT_DOUBLE_EQ(perMac.largest, 0.5);
    EXPECT_EQ(perMac.bars[1].parts[2], 0) << "no MACs, no bar";
}

TEST(MixModel, HoldsTheNumbersOfTheChart) {
    MixModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSession(*countedSession());
    ASSERT_EQ(model.rowCount(), 2);
    const auto cell = [&](int column, int role) {
        return model.data(model.index(0, column), role).toString();
    };
    EXPECT_EQ(cell(MixModel::What, Qt::DisplayRole), "#0 CONV_2D");
    EXPECT_EQ(cell(MixModel::Instructions, PlainRole), "60");
    EXPECT_EQ(cell(MixModel::FirstClass + 2, Qt::DisplayRole), "58.3");
    EXPECT_EQ(cell(MixModel::Cycles, Qt::DisplayRole), kUnknown);
    EXPECT_EQ(cell(MixModel::LatencyUs, Qt::DisplayRole), "0.5000");
}

TEST(SessionsPage, PicksTheSessionThatWasJustMeasured) {
    Selection selection;
    SessionsPage page(selection);
    types::SessionPtr picked;
    QObject::connect(&page, &SessionsPage::sessionPicked,
                     [&picked](types::SessionPtr session) { picked = std::move(session); });
    page.setSessions({timedSession()});
    const auto counted = countedSession();
    page.setSessions({timedSession(), counted});
    EXPECT_EQ(picked, counted);
    EXPECT_EQ(layerQuantityName(*counted, Quantity::LatencyUs), "Latency, estimated");
    EXPECT_EQ(layerQuantityName(*counted, Quantity::Instructions), "Instructions");
}

TEST(LayersModel, HasMeasuredColumnsOnlyWhereASessionHasThem) {
    LayersModel model;
    const QAbstractItemModelTester tester(&model);
    model.setEvaluation(sample::evaluation());
    const int predicted = model.columnCount();
    EXPECT_EQ(predicted, LayersModel::firstMeasured());
    model.setMeasured(measuredLayers(*countedSession()));
    ASSERT_EQ(model.columnCount(), predicted + 8);
    const auto header = [&](int column, int role) {
        return model.headerData(predicted + column, Qt::Horizontal, role).toString();
    };
    EXPECT_EQ(header(1, Qt::DisplayRole), "Instr./MAC");
    EXPECT_TRUE(header(1, Qt::ToolTipRole).contains("multiply-accumulate"));
    const auto cell = [&](int row, int column, int role) {
        return model.index(row, predicted + column).data(role).toString();
    };
    EXPECT_EQ(cell(0, 2, Qt::DisplayRole), "8.3 %");
    EXPECT_EQ(cell(0, 0, PlainRole), "60");
    EXPECT_EQ(cell(2, 0, Qt::DisplayRole), kUnknown) << "the session has two layers";
    model.setMeasured(std::nullopt);
    EXPECT_EQ(model.columnCount(), predicted);
}

TEST(LayersTable, TheNarrowOneHidesTheMix) {
    Selection selection;
    LayersModel model;
    LayersTable narrow(selection, model), wide(selection, model);
    narrow.showFewColumns();
    model.setEvaluation(sample::evaluation());
    model.setMeasured(measuredLayers(*countedSession()));
    const int first = LayersModel::firstMeasured();
    EXPECT_FALSE(narrow.isColumnHidden(first));
    EXPECT_TRUE(narrow.isColumnHidden(first + 1));
    EXPECT_FALSE(wide.isColumnHidden(first + 1));
    model.setMeasured(measuredLayers(*timedSession()));
    EXPECT_FALSE(narrow.isColumnHidden(first));
}

TEST(MixPlot, PaintsLayersWithAndWithoutBars) {
    MixPlot plot;
    plot.resize(400, 300);
    plot.setBars(mixBars(*countedSession(), MixPer::Mac));
    EXPECT_EQ(plot.bars().bars.size(), 2u);
    const QImage image = plot.grab().toImage();
    int orange = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            orange += image.pixelColor(x, y) == instructionClassColor(2);
    EXPECT_GT(orange, 100) << "multiply-accumulates are most of the first layer";
}

}  // namespace
