// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/training_state.h"

#include <cstring>
#include <fstream>
#include <iterator>

#include "bytes/sha256.h"
#include "bytes/write_file.h"

namespace learning {

using types::fail;
using types::Result;

namespace {

constexpr std::string_view kMagic = "netcaliper training 1\n";
constexpr size_t kChecksum = 64;

class Writer {
public:
    template <typename Value>
    requires std::is_arithmetic_v<Value>
    void add(Value value) {
        const auto* bytes = reinterpret_cast<const uint8_t*>(&value);
        data.insert(data.end(), bytes, bytes + sizeof value);
    }
    template <typename Value>
    void add(const std::vector<Value>& list) {
        add(uint64_t(list.size()));
        for (const Value& value : list)
            add(value);
    }
    void add(const std::vector<float>& list) {
        add(uint64_t(list.size()));
        const auto* bytes = reinterpret_cast<const uint8_t*>(list.data());
        data.insert(data.end(), bytes, bytes + list.size() * sizeof(float));
    }
    std::vector<uint8_t> data;
};

/// Reads what Writer wrote; after an end that comes too early everything is 0 and empty.
class Reader {
public:
    explicit Reader(std::span<const uint8_t> data) : m_data(data) {}
    template <typename Value>
    requires std::is_arithmetic_v<Value>
    void get(Value& value) {
        value = {};
        if (!take(sizeof value)) return;
        std::memcpy(&value, m_taken, sizeof value);
    }
    void get(bool& value) {
        uint8_t byte = 0;
        get(byte);
        value = byte != 0;
    }
    template <typename Value>
    void get(std::vector<Value>& list) {
        uint64_t count = 0;
        get(count);
        // Every element takes a byte at least.
        if (count > m_data.size()) return;
        list.resize(count);
        for (Value& value : list)
            get(value);
    }

private:
    bool take(size_t count) {
        if (count > m_data.size()) return false;
        m_taken = m_data.data();
        m_data = m_data.subspan(count);
        return true;
    }
    std::span<const uint8_t> m_data;
    const uint8_t* m_taken = nullptr;
};

/// Visits the fields of a state in the order of the file.
template <typename State, typename Visit>
void visitFields(State& state, const Visit& visit) {
    auto& log = state.log;
    visit(state.step), visit(state.seconds), visit(state.lossSum), visit(state.bestLoss);
    visit(state.isDone), visit(log.epochs), visit(log.seconds), visit(log.trainSamples);
    visit(log.validationSamples), visit(log.loss), visit(log.validationLoss), visit(log.accuracy);
    visit(log.bestEpoch), visit(log.seed), visit(log.wasStopped), visit(state.values);
}

}  // namespace

Result<void> writeState(const TrainingState& state, const std::filesystem::path& file) {
    Writer body;
    visitFields(state, [&](const auto& field) { body.add(field); });
    std::string text(kMagic);
    text += bytes::sha256(body.data) + state.fingerprint;
    text.append(body.data.begin(), body.data.end());
    return bytes::writeFile(file, std::string_view(text), bytes::Wait::ForDisk);
}

Result<TrainingState> readState(const std::filesystem::path& file, const std::string& fingerprint) {
    std::error_code none;
    if (!std::filesystem::exists(file, none)) return TrainingState();
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const size_t header = kMagic.size() + kChecksum + fingerprint.size();
    if (!text.starts_with(kMagic) || text.size() < header)
        return fail("is no state of a training", file.string(), "name another file or remove it");
    const std::string body = text.substr(header);
    const std::span data(reinterpret_cast<const uint8_t*>(body.data()), body.size());
    if (text.substr(header - fingerprint.size(), fingerprint.size()) != fingerprint)
        return fail("belongs to another training (model, data, knobs or program differ)",
                    file.string(), "name another file, or remove it to train anew");
    if (text.substr(kMagic.size(), kChecksum) != bytes::sha256(data))
        return fail("is damaged", file.string(), "remove it to train anew");
    TrainingState state;
    state.fingerprint = fingerprint;
    Reader reader(data);
    visitFields(state, [&](auto& field) { reader.get(field); });
    return state;
}

}  // namespace learning
