// SPDX-License-Identifier: GPL-3.0-or-later
#include "quality_output.h"

#include <cstdio>

#include "json_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

constexpr size_t kMaxClassesShown = 20;

std::string shareText(const Estimate& e) {
    return percentText(100 * e.value, "%.1f") + " (" + fixedText(100 * e.low, 1) + " to " +
           fixedText(100 * e.high, 1) + ")";
}

std::string plainText(const Estimate& e) {
    char text[64];
    std::snprintf(text, sizeof text, "%.4g (%.4g to %.4g)", e.value, e.low, e.high);
    return text;
}

/// The figures of a Quality, in order of weight.
std::string figures(const Quality& q) {
    std::string text;
    const auto add = [&text](const std::string& name, const std::string& value) {
        text += (text.empty() ? "" : ", ") + name + " " + value;
    };
    if (q.top1) add("accuracy", shareText(*q.top1));
    if (q.topK) add("top-" + std::to_string(q.k), shareText(*q.topK));
    if (q.auc) add("AUC", plainText(*q.auc));
    if (q.meanSquaredError) add("mean squared error", plainText(*q.meanSquaredError));
    return text;
}

std::string classTable(const Quality& q) {
    TextTable table({"class", ">samples", ">recall", ">precision", "most often taken for"});
    for (size_t c = 0; c < q.classes.size(); ++c) {
        const ClassQuality& own = q.classes[c];
        size_t wrong = c;
        for (size_t other = 0; other < q.confusion[c].size(); ++other)
            if (other != c && (wrong == c || q.confusion[c][other] > q.confusion[c][wrong]))
                wrong = other;
        const int32_t times = wrong == c ? 0 : q.confusion[c][wrong];
        table.addRow({own.name, std::to_string(own.samples),
                      own.recall ? shareText(*own.recall) : "-",
                      own.precision ? shareText(*own.precision) : "-",
                      times > 0 ? q.classes[wrong].name + " (" + std::to_string(times) + ")" : ""});
    }
    return table.text();
}

}  // namespace

Json intervalJson(const std::optional<Estimate>& e) {
    if (!e) return {};
    return {{"value", e->value}, {"low", e->low}, {"high", e->high}};
}

Json toJson(const std::optional<Quality>& quality) {
    if (!quality) return {};
    Json classes = Json::array();
    for (const ClassQuality& c : quality->classes)
        classes.push_back({{"name", c.name},
                           {"samples", c.samples},
                           {"recall", intervalJson(c.recall)},
                           {"precision", intervalJson(c.precision)}});
    return {{"samples", quality->samples},
            {"source", quality->source},
            {"top1", intervalJson(quality->top1)},
            {"top_k", intervalJson(quality->topK)},
            {"k", quality->topK ? Json(quality->k) : Json()},
            {"auc", intervalJson(quality->auc)},
            {"mean_squared_error", intervalJson(quality->meanSquaredError)},
            {"classes", std::move(classes)},
            {"confusion", quality->confusion}};
}

std::string qualityText(const Quality& quality, const std::optional<Quality>& original) {
    std::string text = figures(quality) + ", on " + quality.source + "\n";
    if (original) text += "  the original: " + figures(*original) + "\n";
    const size_t classes = quality.classes.size();
    if (classes > 1 && classes <= kMaxClassesShown) text += classTable(quality);
    return text;
}

}  // namespace app
