// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sweep/sweep_subject.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bytes/sha256.h"
#include "cost/device_file.h"
#include "engine/shared_original.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"

namespace search {

using namespace types;
using Json = nlohmann::json;

namespace {

std::string digestOf(const std::string& text) {
    return bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

Json dataJson(const data::DatasetPtr& dataset) {
    if (!dataset) return {};
    std::string text;
    for (const data::Sample& sample : dataset->samples) {
        text += sample.name + '\n' + std::to_string(sample.label) + '\n';
        text += bytes::sha256(sample.bytes.view());
    }
    return {
        {"name", dataset->name}, {"samples", dataset->samples.size()}, {"sha256", digestOf(text)}};
}

/// What a key of the specification means, for messages.
constexpr std::pair<const char*, const char*> kParts[] = {
    {"model", "model"},
    {"what", "space"},
    {"device", "board"},
    {"dataset", "dataset"},
    {"calibration", "set of calibration data"},
    {"options", "set of options"},
    {"train", "training"}};

}  // namespace

void shareWork(SweepSubject& subject, const std::vector<Variation>& variations) {
    subject.options.layerErrors = false;
    subject.options.compress = false;
    auto& data = subject.options.data;
    const bool learns =
        subject.train.isSet() || std::ranges::any_of(variations, scoring::learnsFromData);
    const bool isOneSet = !data.calibration || data.calibration == data.dataset;
    data.evaluation = learns && isOneSet ? scoring::EvaluationSamples::TestPart
                                         : scoring::EvaluationSamples::Auto;
    subject.options.shared = std::make_shared<engine::SharedOriginal>();
}

sweep::Spec specOf(const SweepSubject& subject, const std::string& what) {
    const auto& options = subject.options;
    Variation train;
    train.train = subject.train;
    Json json = {
        {"program", subject.program},
        {"what", what},
        {"model", bytes::sha256(tflite::writeBytes(*subject.graph).view())},
        {"device", subject.device ? Json(digestOf(cost::deviceText(*subject.device))) : Json()},
        {"dataset", dataJson(options.data.dataset)},
        {"calibration", options.data.calibration == options.data.dataset
                            ? Json()
                            : dataJson(options.data.calibration)},
        {"train", transform::variationText(train)},
        {"options",
         {options.samples, options.sampleSeed, options.data.splitSeed,
          options.data.calibrationSamples, options.data.shares.train,
          options.data.shares.calibration, options.data.shares.test}}};
    sweep::Spec spec;
    spec.text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    spec.id = digestOf(spec.text);
    return spec;
}

std::string differenceOf(const sweep::Spec& known, const sweep::Spec& wanted) {
    const Json there = Json::parse(known.text, nullptr, false);
    const Json here = Json::parse(wanted.text, nullptr, false);
    if (!there.is_object() || digestOf(known.text) != known.id)
        return "holds a sweep whose description is damaged";
    const auto of = [](const Json& json, const char* key) {
        return json.contains(key) ? json[key] : Json();
    };
    if (of(there, "program") != of(here, "program")) {
        const Json version = of(there, "program");
        const std::string text = version.is_string() ? version.get<std::string>() : "unknown";
        return "was begun by version " + text.substr(0, 40) + " of the program, this is version " +
               of(here, "program").get<std::string>();
    }
    std::string names;
    for (const auto& [key, name] : kParts)
        if (of(there, key) != of(here, key))
            names += (names.empty() ? "another " : " and another ") + std::string(name);
    return "holds a sweep of " + (names.empty() ? "another kind" : names);
}

Result<void> beginSweep(sweep::SweepStore& store, const sweep::Spec& spec,
                        const std::string& database) {
    if (const auto known = store.spec(); known && *known != spec)
        return fail(differenceOf(*known, spec), database,
                    "use a database of its own for each sweep");
    return store.create(spec);
}

std::vector<sweep::NewItem> itemsOf(const SweepSubject& subject,
                                    const std::vector<Variation>& variations, int64_t first) {
    std::vector<sweep::NewItem> items;
    for (Variation variation : variations) {
        if (!variation.train.isSet()) variation.train = subject.train;
        items.push_back({first++, transform::variationText(variation.normalized())});
    }
    return items;
}

}  // namespace search
