// SPDX-License-Identifier: GPL-3.0-or-later
// Every form of dataset, and the messages for bad ones.

#include <gtest/gtest.h>

#include <cstring>

#include "data/dataset_beside.h"
#include "data/npz.h"
#include "read_dataset.h"
#include "support/temporary_dir.h"
#include "written_files.h"

namespace {

using types::DataType;

using written::problemOf;
using written::readGood;

TEST(DatasetForms, WindowsOfARecordingShareTheirBytesAndTheirGroup) {
    const support::TemporaryDir dir;
    written::text(dir / "y_labels.csv", "a.bin,2,1,16,8\nb.bin,2,0,16,8\n");
    written::text(dir / "a.bin", std::string(40, 'a'));
    written::text(dir / "b.bin", std::string(16, 'b'));
    const auto dataset = readGood(dir / "");
    // Windows of 16 bytes from 0, 8, 16 and 24; then one of the second file.
    ASSERT_EQ(dataset.samples.size(), 5u);
    EXPECT_EQ(dataset.groups, 2);
    EXPECT_EQ(dataset.samples[3].group, 0);
    EXPECT_EQ(dataset.samples[4].group, 1);
    EXPECT_EQ(dataset.samples[0].shape, types::Shape{4});
    EXPECT_EQ(dataset.samples[1].bytes.data() - dataset.samples[0].bytes.data(), 8);
    written::text(dir / "b.bin", "short");
    EXPECT_EQ(problemOf(dir / ""), "has 5 bytes, less than a window of 16");
}

TEST(DatasetForms, CodesOfAnotherModelBecomeNumbers) {
    const support::TemporaryDir dir;
    written::text(dir / "y_labels.csv", "a.bin,2,1\n");
    written::text(dir / "a.bin", {83, 85});
    data::ReadOptions options;
    options.codes = data::Codes{0.5f, 83};
    const auto dataset = readGood(dir / "", options);
    ASSERT_EQ(dataset.samples[0].type, DataType::Float32);
    float second;
    std::memcpy(&second, dataset.samples[0].bytes.data() + 4, 4);
    EXPECT_EQ(second, 1.0f);
}

TEST(DatasetForms, OneFolderPerClass) {
    const support::TemporaryDir dir;
    for (const char* name : {"cat", "dog"}) {
        std::filesystem::create_directory(dir / name);
        written::png(dir / name / "1.png", 1, 1, 1, {7});
    }
    written::png(dir / "dog" / "2.png", 1, 1, 1, {8});
    const auto dataset = readGood(dir / "");
    EXPECT_EQ(dataset.classNames, (std::vector<std::string>{"cat", "dog"}));
    ASSERT_EQ(dataset.samples.size(), 3u);
    EXPECT_EQ(dataset.samples[2].label, 1);
    EXPECT_EQ(dataset.samples[2].name, "dog/2.png");
    std::filesystem::create_directory(dir / "eel");
    EXPECT_EQ(problemOf(dir / ""), "the class has no samples");
}

TEST(DatasetForms, ColoursComeInTheOrderThatTheModelKnows) {
    const support::TemporaryDir dir;
    written::png(dir / "1.png", 1, 1, 3, {10, 20, 30});
    data::ReadOptions options;
    options.blueFirst = true;
    const auto view = readGood(dir / "", options).samples[0].bytes;
    EXPECT_EQ(view.data()[0], 30);
    EXPECT_EQ(view.data()[2], 10);
}

TEST(DatasetForms, ADirectoryOfImagesIsUnlabelled) {
    const support::TemporaryDir dir;
    written::png(dir / "1.png", 1, 1, 1, {7});
    const auto dataset = readGood(dir / "");
    EXPECT_FALSE(dataset.labelled());
    EXPECT_EQ(dataset.samples[0].label, -1);
}

TEST(DatasetForms, NumpyArraysHoldPixelsNumbersLabelsAndTargets) {
    const support::TemporaryDir dir;
    const data::Array images{DataType::UInt8, {2, 1, 1, 3}, {1, 2, 3, 4, 5, 6}};
    ASSERT_TRUE(
        data::writeNpz(dir / "a.npz", {{"x", images}, {"y", {DataType::UInt8, {2}, {0, 2}}}}));
    const auto labelled = readGood(dir / "a.npz");
    EXPECT_EQ(labelled.classes, 3);
    EXPECT_FALSE(labelled.classesStated);
    EXPECT_EQ(labelled.samples[1].label, 2);
    EXPECT_EQ(labelled.samples[1].content, data::Content::Pixels);
    EXPECT_EQ(labelled.warnings.size(), 1u) << "class 1 has no samples";

    const std::vector<double> values = {0.5, 1};
    std::vector<uint8_t> halves(16);
    std::memcpy(halves.data(), values.data(), halves.size());
    ASSERT_TRUE(data::writeNpy(dir / "x.npy", DataType::Float64, {2}, halves));
    ASSERT_TRUE(data::writeNpy(dir / "y.npy", DataType::Float64, {2}, halves));
    const auto targets = readGood(dir / "");
    EXPECT_EQ(targets.classes, 0);
    EXPECT_EQ(targets.samples[0].target, std::vector<float>{0.5f});
    EXPECT_EQ(targets.samples[0].type, DataType::Float32);
}

TEST(DatasetForms, NumpyArraysThatDoNotFitAreRefused) {
    const support::TemporaryDir dir;
    const data::Array two{DataType::UInt8, {2}, {0, 0}}, three{DataType::UInt8, {3}, {0, 0, 0}};
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{"x", two}, {"y", three}}));
    EXPECT_EQ(problemOf(dir / "a.npz"), "x has 2 samples, y has shape 3");
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{"y", three}}));
    EXPECT_EQ(problemOf(dir / "a.npz"), "there is no array named x (there are: y)");
    const data::Array negative{DataType::Int8, {2}, {0, 0xFF}};
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{"x", two}, {"y", negative}}));
    EXPECT_EQ(problemOf(dir / "a.npz"), "label -1 is not a valid class");
}

TEST(DatasetForms, NumpySamplesWithoutElementsAreRefused) {
    const support::TemporaryDir dir;
    const DataType types[] = {DataType::UInt8, DataType::UInt32, DataType::Float16,
                              DataType::Float64};
    for (const DataType type : types)
        for (const types::Shape& shape : {types::Shape{2, 0, 10, 3}, types::Shape{1 << 30, 0}}) {
            ASSERT_TRUE(data::writeNpy(dir / "a.npy", type, shape, {}));
            EXPECT_EQ(problemOf(dir / "a.npy"), "x has no samples");
        }
}

TEST(DatasetForms, ANumpyLabelBeyondEveryClassIsNamed) {
    const support::TemporaryDir dir;
    const std::vector<uint8_t> greatest = {255, 255, 255, 255, 255, 255, 255, 127};
    ASSERT_TRUE(data::writeNpy(dir / "x.npy", DataType::UInt8, {1}, greatest));
    ASSERT_TRUE(data::writeNpy(dir / "y.npy", DataType::Int64, {1}, greatest));
    EXPECT_EQ(problemOf(dir / ""), "label 9.22337e+18 is not a valid class");
}

TEST(DatasetForms, ADirectoryInPlaceOfAnArrayIsRefused) {
    const support::TemporaryDir dir;
    std::filesystem::create_directory(dir / "x.npy");
    EXPECT_EQ(problemOf(dir / ""), "cannot be read");
}

TEST(DatasetForms, MoreClassesThanAnyModelHasAreRefused) {
    const support::TemporaryDir dir;
    written::text(dir / "a.bin", "x");
    written::text(dir / "y_labels.csv", "a.bin,100001,1\n");
    EXPECT_EQ(problemOf(dir / ""), "'a.bin' has 100001 classes, more than 100000");
    written::text(dir / "y_labels.csv", "a.bin,100000,1\n");
    EXPECT_LT(readGood(dir / "").warnings.at(0).size(), 200u);
}

TEST(DatasetForms, AStrideBeyondTheEndGivesOneWindow) {
    const support::TemporaryDir dir;
    written::text(dir / "y_labels.csv", "a.bin,2,1,16,9223372036854775804\n");
    written::text(dir / "a.bin", std::string(40, 'a'));
    EXPECT_EQ(readGood(dir / "").samples.size(), 1u);
}

template <typename Element>
data::Array arrayOf(DataType type, types::Shape shape, const std::vector<Element>& values) {
    data::Array array{type, std::move(shape),
                      std::vector<uint8_t>(values.size() * sizeof(Element))};
    std::memcpy(array.bytes.data(), values.data(), array.bytes.size());
    return array;
}

TEST(DatasetForms, OneHotRowsAreLabels) {
    const support::TemporaryDir dir;
    const data::Array x{DataType::UInt8, {2, 1}, {5, 6}};
    const auto floats = arrayOf<float>(DataType::Float32, {2, 3}, {0, 1, 0, 1, 0, 0});
    const data::Array bytes{DataType::UInt8, {2, 3}, {0, 1, 0, 1, 0, 0}};
    for (const data::Array& y : {floats, bytes}) {
        ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{"x", x}, {"y", y}}));
        const auto dataset = readGood(dir / "a.npz");
        EXPECT_EQ(dataset.classes, 3);
        EXPECT_TRUE(dataset.classesStated);
        EXPECT_EQ(dataset.samples[0].label, 1);
        EXPECT_EQ(dataset.samples[1].label, 0);
        EXPECT_TRUE(dataset.samples[1].target.empty());
    }
    // Two values above zero are no choice of one class.
    const auto mixed = arrayOf<float>(DataType::Float32, {2, 3}, {0, 1, 1, 1, 0, 0});
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{"x", x}, {"y", mixed}}));
    EXPECT_EQ(readGood(dir / "a.npz").samples[0].target, (std::vector<float>{0, 1, 1}));
}

TEST(DatasetForms, ClassesMayBeSavedAsFloats) {
    const support::TemporaryDir dir;
    const data::Array x{DataType::UInt8, {3, 1}, {5, 6, 7}};
    const auto y = arrayOf<float>(DataType::Float32, {3, 1}, {0, 2, 1});
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{"x", x}, {"y", y}}));
    const auto dataset = readGood(dir / "a.npz");
    EXPECT_EQ(dataset.classes, 3);
    EXPECT_EQ(dataset.samples[1].label, 2);
}

std::string idxOf(char rank, const std::string& dimensions, const std::string& body) {
    std::string file = {0, 0, 8, rank};
    for (const char dimension : dimensions)
        file += std::string(3, 0) + dimension;
    return file + body;
}

TEST(DatasetForms, IdxFilesAreFoundByTheirContentAndName) {
    const support::TemporaryDir dir;
    written::text(dir / "train-images-idx3-ubyte", idxOf(3, {2, 1, 2}, {10, 20, 30, 40}));
    written::text(dir / "train-labels-idx1-ubyte", idxOf(1, {2}, {3, 1}));
    const auto dataset = readGood(dir / "");
    ASSERT_EQ(dataset.samples.size(), 2u);
    EXPECT_EQ(dataset.samples[1].content, data::Content::Pixels);
    EXPECT_EQ(dataset.samples[1].shape, (types::Shape{1, 2, 1}));
    EXPECT_EQ(dataset.samples[1].bytes.data()[1], 40);
    EXPECT_EQ(dataset.samples[0].label, 3);
    EXPECT_EQ(readGood(dir / "train-images-idx3-ubyte").samples[1].label, 1);
    written::text(dir / "t10k-images.idx3-ubyte", idxOf(3, {1, 1, 2}, {1, 2}));
    EXPECT_EQ(problemOf(dir / ""),
              "the directory holds several sets: t10k-images.idx3-ubyte, "
              "train-images-idx3-ubyte");
    EXPECT_FALSE(readGood(dir / "t10k-images.idx3-ubyte").labelled());
}

TEST(DatasetForms, IdxFilesMayBeCompressed) {
    const support::TemporaryDir dir;
    std::filesystem::copy(
        std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/data/samples/images.idx.gz",
        dir / "digits.idx.gz");
    const auto dataset = readGood(dir / "digits.idx.gz");
    ASSERT_EQ(dataset.samples.size(), 3u);
    EXPECT_EQ(dataset.samples[2].bytes.data()[0], 8);
    written::text(dir / "cut-idx1-ubyte", idxOf(1, {9}, {3, 1}));
    EXPECT_EQ(problemOf(dir / "cut-idx1-ubyte"), "the file ends within its data");
}

std::filesystem::path sampleFile(const char* name) {
    return std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/data/samples" / name;
}

TEST(DatasetForms, SoundsHaveOneFolderPerClass) {
    const support::TemporaryDir dir;
    for (const char* name : {"no", "yes"})
        std::filesystem::create_directory(dir / name);
    std::filesystem::copy(sampleFile("stereo.wav"), dir / "no/1.wav");
    std::filesystem::copy(sampleFile("eight_bits.wav"), dir / "yes/1.WAV");
    const auto dataset = readGood(dir / "");
    ASSERT_EQ(dataset.samples.size(), 2u);
    EXPECT_EQ(dataset.classNames, (std::vector<std::string>{"no", "yes"}));
    const auto codes = [&](size_t i) {
        std::vector<int16_t> values(4);
        std::memcpy(values.data(), dataset.samples[i].bytes.data(), 8);
        return values;
    };
    EXPECT_EQ(codes(0), (std::vector<int16_t>{200, -100, 32767, -32768}));
    EXPECT_EQ(codes(1), (std::vector<int16_t>{-32768, 0, 32512, -16384}));
    written::text(dir / "yes/1.WAV", "RIFF....WAVE");
    EXPECT_EQ(problemOf(dir / ""), "the sound cannot be decoded (no format)");
}

TEST(DatasetForms, BadFilesAreNamedAndTheRestLoads) {
    const support::TemporaryDir dir;
    written::text(dir / "y_labels.csv", "a.bin,2,1\nmissing.bin,2,0\nb.bin,2,5\nb.bin,2,0\n");
    written::text(dir / "a.bin", "x");
    written::text(dir / "b.bin", "y");
    EXPECT_EQ(problemOf(dir / ""), "sample cannot be read");
    data::ReadOptions options;
    options.skipBad = true;
    const auto dataset = readGood(dir / "", options);
    EXPECT_EQ(dataset.samples.size(), 2u);
    ASSERT_EQ(dataset.warnings.size(), 2u);
    EXPECT_NE(dataset.warnings[0].find("missing.bin"), std::string::npos);
    EXPECT_NE(dataset.warnings[1].find("y_labels.csv:3"), std::string::npos);
}

TEST(DatasetForms, NothingAndTheUnknownAreRefused) {
    const support::TemporaryDir dir;
    EXPECT_EQ(problemOf(dir / "missing"), "the dataset does not exist");
    EXPECT_EQ(problemOf(dir / ""), "no dataset of a known form");
    written::text(dir / "y_labels.csv", "\n");
    EXPECT_EQ(problemOf(dir / ""), "the dataset has no samples");
}

TEST(DatasetForms, AModelFindsTheDataBesideIt) {
    const support::TemporaryDir dir;
    EXPECT_FALSE(data::datasetBeside(dir / "m.tflite"));
    written::text(dir / "m.data.npz", "");
    EXPECT_EQ(data::datasetBeside(dir / "m.tflite"), dir / "m.data.npz");
}

TEST(DatasetForms, ArraysAreFoundByTheNamesThatPeopleGive) {
    const support::TemporaryDir dir;
    const data::Array x{DataType::UInt8, {2, 3}, {1, 2, 3, 4, 5, 6}},
        y{DataType::UInt8, {2}, {0, 1}};
    const std::pair<const char*, const char*> kNames[] = {{"x", "y"},
                                                          {"X", "Y"},
                                                          {"arr_0", "arr_1"},
                                                          {"images", "labels"},
                                                          {"data", "target"},
                                                          {"x_test", "y_test"},
                                                          {"test_images", "test_labels"},
                                                          {"Xtrain", "ytrain"},
                                                          {"features", "classes"}};
    for (const auto& [samples, labels] : kNames) {
        ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{samples, x}, {labels, y}, {"other", y}}));
        const auto dataset = readGood(dir / "a.npz");
        ASSERT_EQ(dataset.samples.size(), 2u) << samples;
        EXPECT_EQ(dataset.samples[1].label, 1) << samples;
    }
    ASSERT_TRUE(data::writeNpy(dir / "images.npy", x.type, x.shape, x.bytes));
    ASSERT_TRUE(data::writeNpy(dir / "labels.npy", y.type, y.shape, y.bytes));
    EXPECT_EQ(readGood(dir / "").samples[1].label, 1);
    EXPECT_EQ(readGood(dir / "images.npy").samples[1].label, 1);
}

TEST(DatasetForms, OneOfSeveralSetsIsNamed) {
    const support::TemporaryDir dir;
    const data::Array one{DataType::UInt8, {1, 3}, {1, 2, 3}},
        two{DataType::UInt8, {2, 3}, {1, 2, 3, 4, 5, 6}};
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", {{"x_train", two}, {"x_test", one}}));
    EXPECT_EQ(problemOf(dir / "a.npz"), "there are several sets: test, train");
    EXPECT_EQ(readGood(dir / "a.npz" / "train").samples.size(), 2u);
    EXPECT_EQ(readGood(dir / "a.npz" / "test").samples.size(), 1u);
    EXPECT_EQ(problemOf(dir / "a.npz" / "third"), "there is no set third");
    EXPECT_EQ(problemOf(dir / "b.npz" / "train"), "the dataset does not exist");
    ASSERT_TRUE(data::writeNpz(dir / "b.npz", {{"x", one}}));
    EXPECT_EQ(problemOf(dir / ""), "the directory holds several sets: a.npz, b.npz");
    std::filesystem::remove(dir / "a.npz");
    EXPECT_EQ(readGood(dir / "").samples.size(), 1u);
}

}  // namespace
