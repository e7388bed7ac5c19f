// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sweep/swept_metric.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace search {

using namespace types;
using Json = nlohmann::json;

namespace {

/// Beyond every bound.
constexpr double kUnknownExcess = 1e6;

void put(Answer& answer, const std::string& key, double value) {
    if (std::isfinite(value)) answer.totals[key] = value;
}

void putEstimate(Answer& answer, const std::string& quantity, const std::string& unit,
                 const std::optional<Estimate>& estimate) {
    if (!estimate) return;
    put(answer, quantity + unit, estimate->value);
    put(answer, quantity + "_low" + unit, estimate->low);
    put(answer, quantity + "_high" + unit, estimate->high);
}

/// The arena on the board, with what stays for good, under the board's runtime.
std::optional<int64_t> arenaUsed(const Evaluation& e) {
    if (e.isScheduled()) return e.schedule->row.arenaBytes;
    if (runtimeOf(e.device) == Runtime::Netcaliper) return e.netcaliperPlan.arenaBytes;
    return e.tflmCortexM.usedBytes();
}

std::optional<bool> verdictOf(const std::optional<Budget>& budget) {
    if (!budget || budget->verdict() == Verdict::Unknown) return std::nullopt;
    return budget->fits();
}

void putQuality(Answer& answer, const Evaluation& e) {
    putEstimate(answer, "accuracy", "", e.totals.accuracy);
    if (e.totals.agreement) put(answer, "agreement", *e.totals.agreement);
    if (e.variation.isIdentity()) put(answer, "agreement", 1);
    if (e.totals.sqnrDb) put(answer, "sqnr_db", *e.totals.sqnrDb);
    if (!e.quality) return;
    putEstimate(answer, "auc", "", e.quality->auc);
    putEstimate(answer, "mean_squared_error", "", e.quality->meanSquaredError);
}

Json verdictJson(const std::optional<bool>& fits) {
    return fits ? Json(*fits) : Json();
}

std::optional<bool> readVerdict(const Json& fits, const char* key) {
    if (!fits.is_object() || !fits.contains(key) || !fits[key].is_boolean()) return std::nullopt;
    return fits[key].get<bool>();
}

struct UnitFactor {
    const char* suffix;
    const char* unit;
    double factor;
};

constexpr UnitFactor kUnits[] = {
    {"KiB", "bytes", 1024}, {"MiB", "bytes", 1048576},
    {"kB", "bytes", 1e3},   {"KB", "bytes", 1024},
    {"MB", "bytes", 1e6},   {"B", "bytes", 1},
    {"us", "us", 1},        {"ms", "us", 1e3},
    {"s", "us", 1e6},       {"uJ", "uj", 1},
    {"mJ", "uj", 1e3},      {"J", "uj", 1e6},
    {"%", "share", 0.01},   {"dB", "db", 1},
    {"k", "", 1e3},         {"K", "", 1e3},
    {"M", "", 1e6},         {"G", "", 1e9},
};

/// The factor of a unit for a metric; nothing for a unit of something else.
std::optional<double> factorOf(const std::string& suffix, const SweptMetric& metric) {
    if (suffix.empty()) return 1;
    for (const UnitFactor& unit : kUnits) {
        const bool isAny = *unit.unit == '\0' && (metric.unit == std::string("count") ||
                                                  metric.unit == std::string("bytes"));
        if (suffix == unit.suffix && (isAny || metric.unit == std::string(unit.unit)))
            return unit.factor;
    }
    return std::nullopt;
}

}  // namespace

const std::vector<SweptMetric>& metrics() {
    static const std::vector<SweptMetric> all = {
        {"accuracy", "accuracy", "", true, "share"},
        {"auc", "auc", "", true, "share"},
        {"agreement", "agreement", "", true, "share"},
        {"sqnr", "sqnr_db", "", true, "db"},
        {"error", "mean_squared_error", "", false, "number"},
        {"latency", "latency_us", "latency_high_us", false, "us"},
        {"energy", "energy_uj", "energy_high_uj", false, "uj"},
        {"flash", "flash_used_bytes", "", false, "bytes"},
        {"sram", "sram_used_bytes", "", false, "bytes"},
        {"model", "flash_bytes", "", false, "bytes"},
        {"arena", "arena_bytes", "", false, "bytes"},
        {"macs", "macs", "", false, "count"},
        {"params", "params", "", false, "count"},
    };
    return all;
}

const SweptMetric* metricNamed(const std::string& name) {
    for (const SweptMetric& metric : metrics())
        if (name == metric.name) return &metric;
    return nullptr;
}

std::string metricNames() {
    std::string names;
    for (const SweptMetric& metric : metrics())
        names += (names.empty() ? "" : ", ") + std::string(metric.name);
    return names;
}

std::optional<double> Answer::value(const SweptMetric& metric) const {
    const auto found = totals.find(metric.key);
    return found == totals.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> Answer::upper(const SweptMetric& metric) const {
    const auto found = totals.find(metric.high);
    return found == totals.end() ? value(metric) : std::optional(found->second);
}

Answer answerOf(const Evaluation& e) {
    Answer answer;
    const Totals& t = e.totals;
    const auto whole = [&](const char* key, int64_t value) {
        put(answer, key, static_cast<double>(value));
    };
    whole("macs", t.macs);
    whole("ops", t.ops);
    whole("params", t.params);
    whole("weight_bytes", t.weightBytes);
    whole("flash_bytes", t.modelBytes);
    whole("peak_activation_bytes", t.peakActivationBytes);
    if (const auto planned = e.plannedBytes()) whole("arena_bytes", *planned);
    if (const auto used = arenaUsed(e)) whole("arena_used_bytes", *used);
    if (t.compressedBytes) whole("compressed_bytes", *t.compressedBytes);
    putEstimate(answer, "latency", "_us", t.latencyUs);
    putEstimate(answer, "energy", "_uj", t.energyUj);
    putQuality(answer, e);
    if (e.flash && e.flash->isKnown()) whole("flash_used_bytes", e.flash->usedBytes);
    if (e.sram && e.sram->isKnown()) whole("sram_used_bytes", e.sram->usedBytes);
    answer.fitsFlash = verdictOf(e.flash);
    answer.fitsSram = verdictOf(e.sram);
    answer.modelSha256 = e.modelSha256;
    return answer;
}

std::string documentOf(const Answer& answer) {
    Json totals = Json::object();
    for (const auto& [key, value] : answer.totals) {
        const bool isWhole = value == std::floor(value) && std::abs(value) < 9e15;
        const bool isCount =
            key.ends_with("bytes") || key == "macs" || key == "ops" || key == "params";
        totals[key] = isCount && isWhole ? Json(static_cast<int64_t>(value)) : Json(value);
    }
    return Json{
        {"totals", totals},
        {"fits",
         {{"flash", verdictJson(answer.fitsFlash)}, {"sram", verdictJson(answer.fitsSram)}}},
        {"model_sha256", answer.modelSha256}}
        .dump();
}

Result<Answer> parseAnswer(const std::string& document) {
    const Json json = Json::parse(document, nullptr, false);
    if (!json.is_object() || !json.contains("totals") || !json["totals"].is_object() ||
        !json.contains("fits") || !json.contains("model_sha256") ||
        !json["model_sha256"].is_string())
        return fail("is no answer of a sweep", "a document of the database", "evaluate it again");
    Answer answer;
    for (const auto& [key, value] : json["totals"].items()) {
        if (!value.is_number() || !std::isfinite(value.get<double>()))
            return fail("holds a total that is no number", "a document of the database",
                        "evaluate it again");
        answer.totals[key] = value.get<double>();
    }
    answer.fitsFlash = readVerdict(json["fits"], "flash");
    answer.fitsSram = readVerdict(json["fits"], "sram");
    answer.modelSha256 = json["model_sha256"].get<std::string>();
    return answer;
}

double Limit::excess(const Answer& answer, bool byUpper) const {
    const auto found = byUpper ? answer.upper(*metric) : answer.value(*metric);
    if (!found) return kUnknownExcess;
    const double over = metric->moreIsBetter ? value - *found : *found - value;
    if (over <= 0) return 0;
    return over / std::max(std::abs(value), 1e-9);
}

Result<Limit> parseLimit(const std::string& text) {
    const size_t equals = text.find('=');
    const auto* metric = metricNamed(text.substr(0, equals));
    if (equals == std::string::npos || !metric)
        return fail("is no limit", "'" + text + "'",
                    "write WHAT=VALUE with one of " + metricNames());
    const std::string number = text.substr(equals + 1);
    size_t end = 0;
    double value = 0;
    try {
        value = std::stod(number, &end);
    } catch (const std::exception&) {
        end = 0;
    }
    const auto factor = factorOf(number.substr(end), *metric);
    if (end == 0 || !std::isfinite(value) || !factor)
        return fail("is no " + std::string(metric->name), "'" + text + "'",
                    "write a number with a unit of it: 64KiB, 100ms, 2mJ, 85%");
    return Limit{metric, value * *factor};
}

Result<std::vector<const SweptMetric*>> parseMetrics(const std::string& names) {
    std::vector<const SweptMetric*> list;
    for (size_t from = 0; from <= names.size();) {
        const size_t comma = std::min(names.find(',', from), names.size());
        const std::string name = names.substr(from, comma - from);
        const SweptMetric* metric = metricNamed(name);
        if (!metric)
            return fail("is an unknown metric", "'" + name + "'", "choose of " + metricNames());
        list.push_back(metric);
        from = comma + 1;
    }
    return list;
}

}  // namespace search
