// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset_flags.h"

#include <cstdio>
#include <map>

namespace app {
namespace {

using namespace types;

constexpr const char* kData =
    "a directory with y_labels.csv, a folder of images or WAV files per class, x.npy and y.npy, "
    "IDX "
    "files, .npz or .csv";

Result<data::DatasetPtr> readData(const std::string& path, const data::ReadOptions& options) {
    auto dataset = data::readDataset(path, options);
    if (!dataset) return tl::unexpected(dataset.error());
    for (const std::string& warning : dataset->warnings)
        std::fprintf(stderr, "warning: %s\n", warning.c_str());
    return std::make_shared<const data::Dataset>(std::move(*dataset));
}

/// "SCALE:ZERO".
std::string parseCodes(const std::string& text, data::ReadOptions& reading) {
    data::Codes codes;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%f:%d%c", &codes.scale, &codes.zeroPoint, &rest) != 2 ||
        !(codes.scale > 0))
        return "'" + text + "' is not SCALE:ZEROPOINT with a scale above 0";
    reading.codes = codes;
    return {};
}

}  // namespace

void DatasetFlags::addTo(CLI::App& command) {
    addDatasetTo(command);
    addCalibrationTo(command);
    command
        .add_option("--split-seed", use.splitSeed,
                    "Seed of the halves when one dataset both calibrates and evaluates")
        ->capture_default_str();
    command.add_flag_callback(
        "--test-part", [this] { use.evaluation = scoring::EvaluationSamples::TestPart; },
        "Evaluate on the test part of the data also where nothing learns from the other part, as "
        "the window does");
}

void DatasetFlags::addEvaluationTo(CLI::App& command) {
    addDatasetTo(command);
    addReadingTo(command);
}

void DatasetFlags::addDatasetTo(CLI::App& command) {
    command.add_option("--dataset", dataset, std::string("Data that evaluate the model: ") + kData);
}

void DatasetFlags::addCalibrationTo(CLI::App& command) {
    command.add_option("--calibration", calibration,
                       std::string("Data that quantization and recovery learn from: ") + kData);
    command
        .add_option("--calibration-samples", use.calibrationSamples,
                    "At most that many samples are learned from")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    addReadingTo(command);
}

void DatasetFlags::addReadingTo(CLI::App& command) {
    command.add_flag("--skip-bad", reading.skipBad, "Name bad files and read the rest");
    command.add_flag("--bgr", reading.blueFirst,
                     "Images are given as blue, green, red, for models trained that way");
    command
        .add_option("--pixels", reading.scaling,
                    "Pixel values in training: unit [0, 1], signed [-1, 1], raw [0, 255]; auto "
                    "follows a quantized input, and is unit for a float input")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, data::PixelScaling>{{"auto", data::PixelScaling::Auto},
                                                      {"unit", data::PixelScaling::ZeroToOne},
                                                      {"signed", data::PixelScaling::MinusOneToOne},
                                                      {"raw", data::PixelScaling::Raw}}))
        ->default_str("auto");
    command
        .add_option_function<std::string>(
            "--codes",
            [this](const std::string& text) {
                const std::string problem = parseCodes(text, reading);
                if (!problem.empty()) throw CLI::ValidationError("--codes", problem);
            },
            "How raw int8 files are scaled where the model does not say")
        ->type_name("SCALE:ZEROPOINT");
}

Result<scoring::SampleSelection> DatasetFlags::read() const {
    scoring::SampleSelection result = use;
    if (!dataset.empty()) {
        auto evaluationData = readData(dataset, reading);
        if (!evaluationData) return tl::unexpected(evaluationData.error());
        result.dataset = std::move(*evaluationData);
    }
    if (calibration.empty()) return result;
    if (calibration == dataset) {
        result.calibration = result.dataset;
        return result;
    }
    auto calibrationData = readData(calibration, reading);
    if (!calibrationData) return tl::unexpected(calibrationData.error());
    result.calibration = std::move(*calibrationData);
    return result;
}

}  // namespace app
