// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/mix_precisions.h"
#include "types/number_text.h"

namespace engine {
namespace {

using namespace types;

std::string signedText(int64_t number, const char* less, const char* more) {
    return grouped(std::abs(number)) + (number >= 0 ? less : more);
}

std::string agreementText(const PrecisionWorth& worth) {
    if (worth.agreement) return percentText(100 * *worth.agreement, "%.1f") + " agreement";
    return worth.sqnrDb ? fixedText(*worth.sqnrDb, 1) + " dB" : "equal outputs";
}

std::string choiceText(const PrecisionChoice& choice, const PrecisionWorth& int8) {
    std::string text = choice.layer + " in " + precisionName(choice.precision);
    for (const TriedPrecision& tried : choice.tried) {
        if (tried.precision != choice.precision) continue;
        text += ": " +
                signedText(int8.flashBytes - tried.worth.flashBytes, " bytes less", " bytes more");
        if (int8.latencyUs && tried.worth.latencyUs) {
            const double saved = *int8.latencyUs - *tried.worth.latencyUs;
            text += ", " + digits(std::fabs(saved)) + (saved >= 0 ? " us less" : " us more");
        }
        text += "; alone " + agreementText(tried.worth) + ", " + agreementText(int8) + " in int8";
    }
    return text;
}

}  // namespace

std::vector<std::string> sentencesOf(const MixedPrecision& mix) {
    std::vector<std::string> sentences;
    const auto changed = std::ranges::count_if(mix.layers, [](const PrecisionChoice& choice) {
        return choice.precision != Precision::Int8;
    });
    std::string text = "precisions (" + mix.budget + "): ";
    if (changed == 0) {
        text += "int8 in all " + std::to_string(mix.layers.size()) + " layers";
        if (mix.isWithinBudget) text += ", nothing else is worth it";
    } else {
        text += std::to_string(changed) + " of " + std::to_string(mix.layers.size()) +
                " layers not in int8, " + grouped(mix.mixed.flashBytes) + " bytes instead of " +
                grouped(mix.int8.flashBytes) + ", " + agreementText(mix.mixed) + " instead of " +
                agreementText(mix.int8) + " on " + std::to_string(mix.samples) +
                " held-back samples";
    }
    if (!mix.isWithinBudget) text += "; the budget is missed";
    sentences.push_back(std::move(text));
    for (const PrecisionChoice& choice : mix.layers)
        if (choice.precision != Precision::Int8) sentences.push_back(choiceText(choice, mix.int8));
    return sentences;
}

}  // namespace engine
