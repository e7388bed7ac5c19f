// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles judged on layers of a made-up board that follows the profile except where a test says
// so.
#include "studies/check_profile.h"

#include <gtest/gtest.h>

#include <fstream>

#include "cost/predict.h"
#include "support/temporary_dir.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;
using studies::CompareWith;

/// Ten cycles a MAC and an input, in a band of 20 %; RELU has no row.
DevicePtr board(std::vector<uint32_t> fittedTo = {}) {
    auto device = std::make_shared<DeviceProfile>();
    device->id = "made-up";
    device->name = "Made up";
    device->soc = "chip";
    device->core = "Cortex-M4";
    device->runtime = "TFLM + CMSIS-NN";
    device->clockMhz = 100;
    KernelCost dense;
    dense.kernel = "FULLY_CONNECTED";
    dense.dtype = "int8";
    dense.terms = {{"mac", 10}};
    dense.relativeError = 0.2;
    dense.layers = static_cast<int32_t>(fittedTo.size());
    dense.fittedTo = std::move(fittedTo);
    KernelCost softmax = dense;
    softmax.kernel = "SOFTMAX";
    softmax.terms = {{"input", 10}};
    softmax.layers = 0;
    softmax.fittedTo.clear();
    device->kernels = {dense, softmax};
    return device;
}

cost::Workload dense(int32_t inputs, int32_t outputs) {
    cost::OperatorShapes s;
    s.kind = OpKind::FULLY_CONNECTED;
    s.inputs = {{1, inputs}};
    s.output = {1, outputs};
    s.filter = {outputs, inputs};
    return cost::workloadOf(s);
}

cost::Workload flat(OpKind kind, int32_t size) {
    cost::OperatorShapes s;
    s.kind = kind;
    s.inputs = {{1, size}};
    s.output = {1, size};
    return cost::workloadOf(s);
}

studies::MeasuredLayer layer(const std::string& name, const cost::Workload& workload,
                             double cycles) {
    cost::Observation cost{workload, cycles, 1, ""};
    return {"made up", name, types::opName(workload.kind), {}, workload, cost};
}

const FitErrors& errorsOf(const ProfileCheck& check, const std::string& key) {
    const auto line = std::ranges::find(check.lines, key, &FitLine::key);
    EXPECT_NE(line, check.lines.end()) << key;
    return line->errors;
}

ProfileCheck checked(const studies::CheckRequest& request) {
    const auto check = studies::checkProfile(request);
    EXPECT_TRUE(check);
    return *check;
}

TEST(CheckProfile, ErrorsArePerOperatorAndInTotal) {
    // 10 x 8 x 4 = 320 cycles predicted; 400 is inside the band of 20 % of 320 no longer.
    const ProfileCheck check = checked({board(),
                                        {layer("a", dense(8, 4), 320), layer("b", dense(8, 4), 400),
                                         layer("c", flat(OpKind::SOFTMAX, 10), 100)}});
    ASSERT_EQ(check.layers.size(), 3u);
    EXPECT_EQ(check.unit, "cycles");
    EXPECT_EQ(check.layers[1].predicted->value, 320);
    EXPECT_NEAR(check.layers[1].errorPercent(), -20, 1e-9);
    EXPECT_TRUE(check.layers[0].isInBand());
    EXPECT_FALSE(check.layers[1].isInBand());
    EXPECT_EQ(check.layers[1].shape, "8 to 4");
    const FitErrors& dense = errorsOf(check, "FULLY_CONNECTED");
    EXPECT_EQ(dense.layers, 2);
    EXPECT_NEAR(dense.mapePercent, 10, 1e-9);
    EXPECT_NEAR(dense.medianPercent, 10, 1e-9);
    EXPECT_NEAR(dense.p90Percent, 20, 1e-9);
    EXPECT_EQ(dense.coveredPercent, 50);
    const FitErrors& total = errorsOf(check, "total");
    EXPECT_EQ(total.layers, 3);
    EXPECT_NEAR(total.mapePercent, 20.0 / 3, 1e-9);
    EXPECT_EQ(total.medianPercent, 0);
    ASSERT_EQ(check.rows.size(), 2u);
    EXPECT_EQ(check.rows[0].name, "FULLY_CONNECTED int8");
    EXPECT_EQ(check.rows[0].errors.layers, 2);
}

TEST(CheckProfile, TellsWhatHasNoErrorAndWhy) {
    auto unknown = layer("x", {}, 1);
    unknown.workload = fail("not an operator", "NONSENSE", "name it");
    auto uncosted = layer("y", dense(8, 4), 1);
    uncosted.cost = fail("the layer has no cost");
    auto elsewhere = layer("z", dense(8, 4), 1);
    elsewhere.conditions.board = "Another board";
    const ProfileCheck check =
        checked({board(), {unknown, uncosted, elsewhere, layer("r", flat(OpKind::RELU, 8), 5)}});
    EXPECT_EQ(errorsOf(check, "total").layers, 0);
    EXPECT_EQ(check.layers[0].whyNotPredicted, "not an operator: NONSENSE");
    EXPECT_FALSE(check.layers[1].measured);
    EXPECT_EQ(check.layers[1].predicted->value, 320);
    EXPECT_EQ(check.layers[2].whyNotCompared, "measured on Another board");
    EXPECT_NE(check.layers[3].whyNotPredicted.find("no row for RELU"), std::string::npos);
    EXPECT_EQ(check.notPredicted.size(), 2u);
    EXPECT_EQ(check.notCompared.size(), 2u);
    // The caller may know better than what the layer states.
    elsewhere.compareWith = CompareWith::All;
    EXPECT_EQ(errorsOf(checked({board(), {elsewhere}}), "total").layers, 1);
    auto nameless = layer("n", dense(8, 4), 320);
    nameless.compareWith = CompareWith::SameBoard;
    EXPECT_EQ(checked({board(), {nameless}}).layers[0].whyNotCompared,
              "its session names no board");
}

TEST(CheckProfile, LayersThatTheProfileWasFittedToAreNamed) {
    const auto seen = dense(8, 4), unseen = dense(16, 4);
    const auto profile = board({cost::fingerprintOf(seen)});
    std::vector<studies::MeasuredLayer> layers = {layer("seen", seen, 320),
                                                  layer("unseen", unseen, 800)};
    const ProfileCheck all = checked({profile, layers});
    EXPECT_EQ(all.layers[0].fittedTo, FittedTo::Yes);
    EXPECT_EQ(all.layers[1].fittedTo, FittedTo::No);
    EXPECT_EQ(errorsOf(all, "total").layers, 2);
    EXPECT_EQ(errorsOf(all, "fitted").layers, 1);
    EXPECT_EQ(errorsOf(all, "unseen").layers, 1);
    const ProfileCheck onlyUnseen = checked({profile, layers, true});
    EXPECT_EQ(errorsOf(onlyUnseen, "total").layers, 1);
    EXPECT_NEAR(errorsOf(onlyUnseen, "total").mapePercent, 20, 1e-9);
    EXPECT_FALSE(onlyUnseen.layers[0].counts);
    EXPECT_EQ(errorsOf(onlyUnseen, "fitted").layers, 1);
    // A row that was fitted, but does not say to what.
    auto silent = std::make_shared<DeviceProfile>(*profile);
    silent->kernels[0].fittedTo.clear();
    EXPECT_EQ(checked({silent, layers}).layers[1].fittedTo, FittedTo::Unrecorded);
}

TEST(CheckProfile, TakesTablesAndSessions) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "t.csv") << "op,in_shape,out_shape,filter_shape,latency_us\n"
                                    "FULLY_CONNECTED,1x8,1x4,4x8,3.2\nNONSENSE,1x8,1x8,,1\n";
    const auto lines = studies::layersOf(dir / "t.csv", {}, 100);
    ASSERT_TRUE(lines) << lines.error().message();
    const ProfileCheck table = checked({board(), *lines});
    ASSERT_EQ(table.layers.size(), 2u);
    EXPECT_EQ(table.layers[0].name, "line 2");
    EXPECT_EQ(table.layers[0].from, "t.csv");
    EXPECT_NEAR(*table.layers[0].measured, 320, 1e-9);
    EXPECT_EQ(table.layers[1].op, "NONSENSE");

    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8).value();
    Session session;
    session.name = "first";
    Measurement measured;
    measured.layer = 0;
    measured.op = graph->ops[0].name();
    measured.quantity = Quantity::Cycles;
    measured.samples = {1000};
    session.measurements = {measured};
    const auto known = studies::layersOf(session, graph.get());
    ASSERT_EQ(known.size(), 1u);
    EXPECT_EQ(known[0].name, "#0 " + measured.op);
    EXPECT_EQ(known[0].cost->cycles, 1000);
    const auto unknown = studies::layersOf(session, nullptr);
    ASSERT_EQ(unknown.size(), 1u);
    EXPECT_EQ(unknown[0].workload.error().what, "the model of the session is not known");
}

TEST(CheckProfile, Stops) {
    std::stop_source source;
    source.request_stop();
    const auto check =
        studies::checkProfile({board(), {layer("a", dense(8, 4), 320)}}, {source.get_token()});
    ASSERT_FALSE(check);
    EXPECT_TRUE(check.error().isCancelled());
}

}  // namespace
