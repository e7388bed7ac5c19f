// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "sample_evaluation.h"
#include "views/metric.h"
#include "views/models/budget_model.h"
#include "views/models/buffers_model.h"
#include "views/models/kernel_arenas_model.h"
#include "views/models/layers_model.h"
#include "views/models/roles.h"
#include "views/models/table_text.h"
#include "views/models/variations_model.h"

namespace {

using namespace views;
constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

QString cell(const QAbstractItemModel& model, int row, int column, int role = Qt::DisplayRole) {
    return model.index(row, column).data(role).toString();
}

TEST(LayersModel, ShowsHowAChosenRuntimeTakesEachLayer) {
    LayersModel model;
    model.setEvaluation(sample::evaluation());
    EXPECT_EQ(cell(model, 0, LayersModel::Runtime), "");
    types::RuntimeSupport runtime{"tflm@x", "TFLM of x", {}, {}, {}};
    runtime.layers.resize(static_cast<size_t>(model.rowCount()));
    runtime.layers[0] = {types::Support::Runs, {}, "a file", {}};
    runtime.layers[1] = {types::Support::Wrong, "reads beyond", "another file", "--select-v2"};
    model.setSupport(runtime);
    EXPECT_EQ(cell(model, 0, LayersModel::Runtime), "runs");
    EXPECT_EQ(cell(model, 1, LayersModel::Runtime), "wrong");
    const QModelIndex wrong = model.index(1, LayersModel::Runtime);
    for (const char* part : {"TFLM of x", "reads beyond", "--select-v2", "another file"})
        EXPECT_TRUE(wrong.data(Qt::ToolTipRole).toString().contains(part)) << part;
    EXPECT_TRUE(wrong.data(RowTextRole).toString().contains("[wrong]"));
    model.setSupport(std::nullopt);
    EXPECT_EQ(cell(model, 1, LayersModel::Runtime), "");
}

TEST(KernelArenasModel, ShowsWhatAReleaseChanges) {
    KernelArenasModel model;
    types::KernelArena before{"esp-nn@1.1.2", "tag", {}, {64, std::nullopt}}, after = before;
    before.arena.nonPersistentBytes = 100, before.arena.persistentBytes = 24;
    after.arena.nonPersistentBytes = 2100, after.arena.persistentBytes = 24;
    types::KernelArena unknown = after;
    unknown.arena.persistentBytes.reset();
    unknown.arena.unknownReason = "not known";
    model.setArenas({before, after, unknown});
    EXPECT_EQ(cell(model, 0, KernelArenasModel::Arena), "124");
    EXPECT_EQ(cell(model, 0, KernelArenasModel::Difference), "");
    EXPECT_EQ(cell(model, 1, KernelArenasModel::Difference), "+2,000");
    EXPECT_EQ(cell(model, 1, KernelArenasModel::Scratch), "64");
    EXPECT_EQ(model.index(2, 0).data(Qt::ToolTipRole).toString(), "not known");
}

TEST(LayersModel, ShowsWhatTheEvaluationHolds) {
    LayersModel model;
    QAbstractItemModelTester tester(&model, kFatal);
    model.setEvaluation(sample::evaluation());
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(cell(model, 1, LayersModel::Op), "DEPTHWISE_CONV_2D");
    EXPECT_EQ(cell(model, 1, LayersModel::Name), "layer_1/Relu");
    EXPECT_EQ(cell(model, 0, LayersModel::Output), "1x8x8x4");
    EXPECT_EQ(cell(model, 0, LayersModel::columnOf(Metric::Macs)), "1,000");
    EXPECT_EQ(cell(model, 0, LayersModel::columnOf(Metric::Macs), PlainRole), "1000");
    const auto share = model.index(1, LayersModel::columnOf(Metric::Macs)).data(BarShareRole);
    EXPECT_DOUBLE_EQ(share.toDouble(), 0.5);
}

TEST(LayersModel, UnknownIsADashWithTheReason) {
    auto evaluation = sample::evaluation();
    evaluation->layers[2].latencyUs.reset();
    evaluation->layers[2].costSource = "no row for this kernel";
    LayersModel model;
    model.setEvaluation(evaluation);
    const int column = LayersModel::columnOf(Metric::LatencyUs);
    EXPECT_EQ(cell(model, 2, column), kUnknown);
    EXPECT_TRUE(cell(model, 2, column, Qt::ToolTipRole).contains("no row for this kernel"));
    EXPECT_EQ(cell(model, 2, column, PlainRole), "");
}

TEST(LayersModel, SaysWhichOperatorCannotRun) {
    auto evaluation = sample::evaluation();
    evaluation->layers[0].supported = false;
    evaluation->layers[0].unsupportedReason = "hybrid";
    LayersModel model;
    model.setEvaluation(evaluation);
    EXPECT_EQ(cell(model, 0, LayersModel::Op), "CONV_2D (cannot run)");
    EXPECT_EQ(cell(model, 0, LayersModel::Op, Qt::ToolTipRole), "hybrid");
}

TEST(LayersModel, KeepsViewsInPlaceWhileLayersStayTheSame) {
    LayersModel model;
    QAbstractItemModelTester tester(&model, kFatal);
    model.setEvaluation(sample::evaluation());
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setEvaluation(sample::evaluation(0.5));
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(changes.count(), 1);
    EXPECT_EQ(cell(model, 0, LayersModel::columnOf(Metric::Macs)), "500");
    model.setEvaluation(nullptr);
    EXPECT_EQ(resets.count(), 1);
}

TEST(VariationsModel, ListsWhatWasTried) {
    VariationsModel model;
    QAbstractItemModelTester tester(&model, kFatal);
    const types::Variation half = sample::narrowed(0.5), quarter = sample::narrowed(0.25);
    model.setTried({{{}, sample::evaluation(), false},
                    {half, sample::evaluation(0.5), true},
                    {quarter, nullptr, false}},
                   half);
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(cell(model, 0, VariationsModel::Label), "original");
    EXPECT_EQ(cell(model, 1, VariationsModel::Label), "w0.5");
    EXPECT_TRUE(model.index(1, 0).data(CurrentRole).toBool());
    EXPECT_TRUE(model.index(1, 0).data(DimmedRole).toBool());
    EXPECT_EQ(cell(model, 0, VariationsModel::Fit), "flash 2.93 KiB too much");
    EXPECT_EQ(cell(model, 1, VariationsModel::Fit), "fits");
    EXPECT_EQ(cell(model, 1, VariationsModel::columnOf(Metric::Macs)), "800");
    EXPECT_EQ(cell(model, 2, VariationsModel::columnOf(Metric::Macs)), kUnknown);
    EXPECT_EQ(model.rowOf(quarter), 2);
    EXPECT_EQ(model.rowOf(sample::narrowed(0.1)), -1);
}

TEST(VariationsModel, EqualNetworksAreOneEntryAndDeletedOnesNone) {
    const auto entry = [](double width, const std::string& network) {
        auto evaluation = sample::evaluation(width);
        evaluation->modelSha256 = network;
        return TriedVariation{sample::narrowed(width), evaluation, false};
    };
    TriedVariations tried = {{{}, sample::evaluation(), false},
                             entry(0.41, "a"),
                             entry(0.44, "a"),
                             entry(0.5, "b"),
                             entry(0.46, "a")};
    tried[3].marks.isDeleted = true;
    VariationsModel model;
    QAbstractItemModelTester tester(&model, kFatal);
    model.setTried(tried, sample::narrowed(0.46));
    ASSERT_EQ(model.rowCount(), 2);
    EXPECT_EQ(cell(model, 1, VariationsModel::Label), "w0.41 ×3");
    EXPECT_TRUE(model.index(1, 0).data(CurrentRole).toBool()) << "w0.46 is the same network";
    EXPECT_EQ(model.rowOf(sample::narrowed(0.44)), 1);
    model.setTried(tried, sample::narrowed(0.5));
    EXPECT_EQ(model.rowCount(), 3) << "a deleted one is listed while it is shown";
    MarksEdit edit;
    QObject::connect(&model, &VariationsModel::marksEdited,
                     [&](const MarksEdit& made, const QString&) { edit = made; });
    EXPECT_TRUE(model.setData(model.index(1, VariationsModel::Label), " small ", Qt::EditRole));
    ASSERT_EQ(edit.size(), 1u);
    EXPECT_EQ(edit[0].second.name, "small");
    tried[1].marks.name = "small";
    tried[1].marks.isStarred = true;
    model.setTried(tried, {});
    EXPECT_EQ(cell(model, 1, VariationsModel::Label), "★ small ×3");
}

TEST(BuffersModel, ListsBuffersAliveLargestFirst) {
    BuffersModel model;
    QAbstractItemModelTester tester(&model, kFatal);
    const auto evaluation = sample::evaluation();
    model.show(evaluation, evaluation->plan, 1);
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(cell(model, 0, BuffersModel::Name), "T1 scope/tensor_1");
    EXPECT_EQ(cell(model, 0, BuffersModel::Size), "512");
    EXPECT_EQ(cell(model, 0, BuffersModel::Lifetime), "#0 to #1");
    EXPECT_EQ(cell(model, 2, BuffersModel::Name), "scratch of #1 DEPTHWISE_CONV_2D");
    model.show(evaluation, evaluation->plan, 0);
    EXPECT_EQ(cell(model, 1, BuffersModel::Lifetime), "input to #0");
}

TEST(BuffersModel, NamesBothThatShareAPlace) {
    BuffersModel model;
    auto evaluation = sample::evaluation();
    evaluation->plan.buffers[2].overwrites = 1;
    model.show(evaluation, evaluation->plan, 1);
    EXPECT_EQ(cell(model, 0, BuffersModel::Name), "T1 scope/tensor_1");
    EXPECT_EQ(cell(model, 1, BuffersModel::Name), "T2 scope/tensor_2 over T1");
}

TEST(BudgetModel, OpensTotalsIntoTheirSums) {
    BudgetModel model;
    QAbstractItemModelTester tester(&model, kFatal);
    model.setEvaluation(sample::evaluation());
    ASSERT_EQ(model.rowCount(), 7);
    EXPECT_EQ(cell(model, 0, BudgetModel::What), "SRAM: 2.93 KiB free");
    EXPECT_EQ(cell(model, 3, BudgetModel::What), "Flash: 2.93 KiB too much");
    EXPECT_EQ(cell(model, 3, BudgetModel::Amount), "12,000");
    EXPECT_EQ(cell(model, 4, BudgetModel::What, PlainRole), "model file");
}

TEST(BudgetModel, ReservedLinesAreEdited) {
    BudgetModel model;
    QAbstractItemModelTester tester(&model, kFatal);
    auto device = std::make_shared<types::DeviceProfile>(*sample::device());
    device->reservedFlash = {{"runtime", 2000, "map"}};
    model.setEvaluation(sample::evaluation(1.0, device));
    ASSERT_EQ(cell(model, 5, BudgetModel::What, PlainRole), "runtime");
    std::vector<std::pair<bool, types::ReservedMemory>> edits;
    QObject::connect(&model, &BudgetModel::reservedEdited,
                     [&](bool isFlash, const types::ReservedMemory& line) {
                         edits.emplace_back(isFlash, line);
                     });
    const auto set = [&](int row, const QString& text) {
        return model.setData(model.index(row, BudgetModel::Amount), text, Qt::EditRole);
    };
    EXPECT_FALSE(set(4, "1"));  // the model file
    EXPECT_FALSE(set(5, "many"));
    EXPECT_TRUE(set(5, "3,000"));
    EXPECT_TRUE(set(2, "4096"));
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_TRUE(edits[0].first);
    EXPECT_EQ(edits[0].second.what, "runtime");
    EXPECT_EQ(edits[0].second.bytes, 3000);
    EXPECT_FALSE(edits[1].first);
    EXPECT_EQ(edits[1].second.what, "other (stack, RTOS, drivers)");
}

TEST(BudgetModel, SaysWhereTheArenaLies) {
    BudgetModel model;
    auto evaluation = sample::evaluation();
    evaluation->sram->region = "DTCM";
    evaluation->sram->regionBytes = 900;
    evaluation->sram->blockBytes = 1000;
    model.setEvaluation(evaluation);
    EXPECT_EQ(cell(model, 0, BudgetModel::What), "SRAM: 100 bytes too much");
    EXPECT_EQ(cell(model, 3, BudgetModel::What, PlainRole),
              "no region holds the arena in one block");
    EXPECT_EQ(cell(model, 3, BudgetModel::Source), "the largest, DTCM, has 900 bytes");
}

TEST(TableText, WritesTsvCsvAndMarkdown) {
    LayersModel model;
    auto evaluation = sample::evaluation();
    evaluation->layers[0].op = "CUSTOM a,\"b\"|c";
    model.setEvaluation(evaluation);
    const std::vector<int> rows{0, 1},
        columns{LayersModel::Op, LayersModel::columnOf(Metric::Macs)};
    EXPECT_EQ(tableText(model, rows, columns, TableFormat::Tsv),
              "Op\tMACs\nCUSTOM a,\"b\"|c\t1000\nDEPTHWISE_CONV_2D\t500\n");
    EXPECT_EQ(tableText(model, {0}, columns, TableFormat::Csv),
              "Op,MACs\n\"CUSTOM a,\"\"b\"\"|c\",1000\n");
    EXPECT_EQ(tableText(model, rows, columns, TableFormat::Markdown),
              "| Op | MACs |\n| --- | ---: |\n| CUSTOM a,\"b\"\\|c | 1,000 |\n"
              "| DEPTHWISE_CONV_2D | 500 |\n");
}

TEST(Metric, ABandMeansTheSameOfLayersAndModels) {
    Reading reading;
    reading.value = 1500;
    reading.band = types::Estimate{1500, 1200, 1800};
    const QString text = describe(Metric::LatencyUs, reading);
    EXPECT_TRUE(text.contains("1,200")) << text.toStdString();
    EXPECT_TRUE(text.contains("of layers as of whole models, nine in ten")) << text.toStdString();
}

}  // namespace
