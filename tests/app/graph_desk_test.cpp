// SPDX-License-Identifier: GPL-3.0-or-later
// The controller behind the page Graph, with the engine: drawings and histograms arrive.
#include "app/graph_desk.h"

#include <gtest/gtest.h>

#include <QTest>
#include <cstring>

#include "../views/sample_evaluation.h"
#include "views/widgets/plots/graph_view.h"
#include "views/widgets/plots/value_plot.h"
#include "zoo/reference_models.h"

namespace {

app::EngineVerbs imagesEngine() {
    app::EngineVerbs verbs;
    verbs.read = [](const QString&) { return zoo::imageResNet8(zoo::Precision::Int8); };
    verbs.evaluate = [](const types::GraphPtr& graph, const app::Knobs& knobs, const types::Work&) {
        auto evaluation = sample::evaluation(knobs.variation.width, knobs.device);
        evaluation->graph = graph;
        evaluation->layers.clear();
        for (size_t op = 0; op < graph->ops.size(); ++op)
            evaluation->layers.push_back(
                sample::layer(int(op), graph->ops[op].kind, 100 + int64_t(op), 10));
        return types::Result<types::EvaluationPtr>(evaluation);
    };
    verbs.readData = [](const QString&) -> types::Result<data::DatasetPtr> {
        auto data = std::make_shared<data::Dataset>();
        data->name = "pictures";
        for (int i = 0; i < 3; ++i) {
            data::Sample picture;
            picture.content = data::Content::Numbers;
            picture.shape = {32, 32, 3};
            picture.type = types::DataType::Float32;
            std::vector<float> values(32 * 32 * 3);
            for (size_t k = 0; k < values.size(); ++k)
                values[k] = float((k * 7 + size_t(i)) % 100) / 100;
            std::vector<uint8_t> bytes(values.size() * sizeof(float));
            std::memcpy(bytes.data(), values.data(), bytes.size());
            picture.bytes = types::Bytes(std::move(bytes));
            data->samples.push_back(picture);
        }
        return data::DatasetPtr(data);
    };
    return verbs;
}

struct GraphDeskTest : testing::Test {
    app::Explorer explorer{{}, imagesEngine()};
    views::MetricChoice metric;
    views::GraphPage page{explorer.selection(), explorer.feed(), metric};
    app::GraphDesk desk{explorer, page};

    void open() {
        page.resize(900, 700);
        page.show();
        explorer.openModel("images.tflite");
        ASSERT_TRUE(QTest::qWaitFor([this] { return page.view().picture() != nullptr; }, 20000));
    }
    bool waitForPlots(int count) {
        const auto has = [&] { return page.findChildren<views::ValuePlot*>().size() == count; };
        return QTest::qWaitFor(has, 20000);
    }
};

TEST_F(GraphDeskTest, DrawsTheModelAndUnfoldsIt) {
    open();
    const auto& drawn = page.view().picture()->drawn();
    EXPECT_EQ(drawn.boxes.size(), explorer.graph()->ops.size() + 2);
    explorer.selection().setLayer(2);
    EXPECT_EQ(page.view().picture()->box(page.view().current()).firstOp, 2);
}

TEST_F(GraphDeskTest, CountsWeightsAndOnDataActivations) {
    open();
    explorer.selection().setLayer(0);
    EXPECT_TRUE(waitForPlots(2));  // filter and bias
    explorer.openData("pictures");
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return explorer.knobs().data && !explorer.isBusy(); }, 20000));
    explorer.selection().setLayer(1);
    explorer.selection().setLayer(0);
    EXPECT_TRUE(waitForPlots(4));  // input and output, too
}

}  // namespace
