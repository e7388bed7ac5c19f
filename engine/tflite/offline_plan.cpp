// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/offline_plan.h"

#include <cstring>

namespace tflite {
namespace {

constexpr size_t kHeaderWords = 3;

int32_t wordAt(const types::Bytes& bytes, size_t index) {
    int32_t word;
    std::memcpy(&word, bytes.data() + index * sizeof word, sizeof word);
    return word;
}

types::Result<void> checkPlan(const types::Bytes& plan, size_t tensorCount) {
    const std::string where = "metadata 'OfflineMemoryAllocation'";
    const char* const remedy = "remove the offline plan or make it again";
    const size_t words = plan.size() / sizeof(int32_t);
    if (words < kHeaderWords)
        return types::fail(
            "offline memory plan of " + std::to_string(plan.size()) + " bytes is too short", where,
            remedy);
    const int32_t count = wordAt(plan, 2);
    if (count < 0 || static_cast<size_t>(count) > words - kHeaderWords ||
        static_cast<size_t>(count) > tensorCount)
        return types::fail("offline memory plan claims " + std::to_string(count) + " tensors",
                           where, remedy);
    for (size_t i = 0; i < static_cast<size_t>(count); ++i) {
        const int32_t offset = wordAt(plan, kHeaderWords + i);
        if (offset < -1)
            return types::fail("offline memory plan puts T" + std::to_string(i) + " at offset " +
                                   std::to_string(offset),
                               where, remedy);
    }
    return {};
}

}  // namespace

types::Result<void> checkOfflinePlan(const schema::Model& model, const types::Graph& graph) {
    if (!model.metadata()) return {};
    for (const schema::Metadata* metadata : *model.metadata()) {
        if (!metadata->name() || metadata->name()->str() != "OfflineMemoryAllocation") continue;
        auto sound = checkPlan(graph.buffers[metadata->buffer()], graph.tensors.size());
        if (!sound) return sound;
    }
    return {};
}

}  // namespace tflite
