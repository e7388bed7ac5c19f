// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot be opened is named; damaged files are errors.
#include <fstream>

#include "model_builder.h"
#include "onnx/open_model.h"
#include "support/temporary_dir.h"
#include "tflite/write.h"

namespace {

using namespace onnx_test;

std::string messageOf(const ModelBuilder& model) {
    const auto graph = model.open();
    return graph ? "opened" : graph.error().message();
}

void expectIn(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST(OnnxRefusal, NamesNodeOperatorAndReason) {
    ModelBuilder model;
    model.input("x", {1, 4});
    model.node("NonZero", {"x"}, {"y"});
    const std::string message = messageOf(model.output("y"));
    expectIn(message, "node 'make_y' (NonZero)");
    expectIn(message, "no counterpart");
}

TEST(OnnxRefusal, NamesForeignDomainsAndControlFlow) {
    ModelBuilder foreign;
    foreign.input("x", {1, 4});
    foreign.node("Magic", {"x"}, {"y"}).domain("org.example");
    expectIn(messageOf(foreign.output("y")), "org.example");
    ModelBuilder loop;
    loop.input("x", {1, 4});
    loop.node("Loop", {"x"}, {"y"}).graph("body");
    expectIn(messageOf(loop.output("y")), "control flow");
}

TEST(OnnxRefusal, OpenDimensionsButTheBatch) {
    ModelBuilder model;
    model.input("x", {0, 3, 0, 8});
    model.node("Relu", {"x"}, {"y"});
    expectIn(messageOf(model.output("y")), "leaves dimension 2 ('open') open");
}

TEST(OnnxRefusal, CyclesAndMissingInputs) {
    ModelBuilder cycle;
    cycle.input("x", {1, 4});
    cycle.node("Add", {"x", "y"}, {"a"});
    cycle.node("Relu", {"a"}, {"y"});
    expectIn(messageOf(cycle.output("y")), "its own output");
    ModelBuilder missing;
    missing.input("x", {1, 4});
    missing.node("Add", {"x", "nowhere"}, {"y"});
    expectIn(messageOf(missing.output("y")), "nowhere");
}

TEST(OnnxRefusal, ExternalDataAreReadBesideTheModelOnly) {
    const auto withData = [](const std::string& location) {
        ModelBuilder model;
        model.input("x", {1, 2}).floats("b", {2}, {});
        auto& tensor = *model.model().mutable_graph()->mutable_initializer(0);
        tensor.set_data_location(1);
        auto& entry = *tensor.add_external_data();
        entry.set_key("location");
        entry.set_value(location);
        model.node("Add", {"x", "b"}, {"y"});
        model.output("y");
        return model;
    };
    expectIn(messageOf(withData("weights.bin")), "lie in another file, 'weights.bin'");
    const support::TemporaryDir directory;
    const std::vector<float> bias{3, 4};
    std::ofstream(directory / "weights.bin", std::ios::binary)
        .write(reinterpret_cast<const char*>(bias.data()), 8);
    for (const auto& [location, opens] :
         {std::pair<std::string, bool>{"weights.bin", true}, {"../weights.bin", false}}) {
        std::ofstream(directory / "model.onnx", std::ios::binary) << withData(location).bytes();
        const auto graph = onnx::openModel(directory / "model.onnx");
        EXPECT_EQ(graph.has_value(), opens);
    }
}

TEST(OnnxRefusal, DataThatAreTooShort) {
    ModelBuilder model;
    model.input("x", {1, 4}).floats("b", {4}, {1, 2});
    model.node("Add", {"x", "b"}, {"y"});
    expectIn(messageOf(model.output("y")), "fewer data");
}

TEST(OnnxRefusal, EveryTruncationIsAnErrorOrAModel) {
    ModelBuilder model;
    model.input("x", {1, 2, 6, 6}).floats("w", {3, 2, 3, 3}, noise(54));
    model.node("Conv", {"x", "w"}, {"c"});
    model.node("Flatten", {"c"}, {"y"});
    const std::string all = model.output("y").bytes();
    for (size_t length = 0; length < all.size(); ++length) {
        const auto graph =
            onnx::readOnnxBytes({reinterpret_cast<const uint8_t*>(all.data()), length}, "cut");
        if (!graph) {
            EXPECT_FALSE(graph.error().what.empty());
        }
    }
}

TEST(OnnxOpen, IsToldByContent) {
    ModelBuilder model;
    model.input("x", {1, 4});
    model.node("Relu", {"x"}, {"y"});
    const std::string bytes = model.output("y").bytes();
    const support::TemporaryDir directory;
    std::ofstream(directory / "model.bin", std::ios::binary) << bytes;
    const auto graph = onnx::openModel(directory / "model.bin");
    ASSERT_TRUE(graph) << graph.error().message();
    // What it becomes is a .tflite of its own.
    ASSERT_FALSE((*graph)->original.empty());
    ASSERT_TRUE(tflite::write(**graph, directory / "same.onnx"));
    const auto again = onnx::openModel(directory / "same.onnx");
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ((*again)->ops.size(), 1u);
    std::ofstream(directory / "text.onnx") << "hello";
    EXPECT_FALSE(onnx::openModel(directory / "text.onnx"));
}

}  // namespace
