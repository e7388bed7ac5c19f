// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/signatures.h"

#include <algorithm>
#include <map>
#include <set>

#include "tflite/subgraph_calls.h"

namespace tflite {
namespace {

/// Names that the file gives to subgraphs as entry points.
std::map<uint32_t, std::vector<std::string>> keysOf(const schema::Model& model) {
    std::map<uint32_t, std::vector<std::string>> keys;
    if (!model.signature_defs()) return keys;
    for (const schema::SignatureDef* signature : *model.signature_defs())
        if (signature->signature_key() && signature->signature_key()->size() > 0)
            keys[signature->subgraph_index()].push_back(signature->signature_key()->str());
    return keys;
}

std::string ownName(const schema::SubGraph& subgraph) {
    return subgraph.name() ? subgraph.name()->str() : std::string();
}

}  // namespace

std::vector<types::Signature> signaturesOf(const schema::Model& model) {
    const auto called = calledSubgraphs(model);
    auto keys = keysOf(model);
    std::map<std::string, int> uses;
    for (const schema::SubGraph* subgraph : *model.subgraphs())
        ++uses[ownName(*subgraph)];
    std::vector<types::Signature> signatures;
    for (uint32_t i = 0; i < model.subgraphs()->size(); ++i) {
        const auto index = static_cast<int32_t>(i);
        auto& names = keys[i];
        if (i > 0 && called.contains(index)) continue;
        const std::string own = ownName(*model.subgraphs()->Get(i));
        if (names.empty())
            names.push_back(!own.empty() && uses[own] == 1 ? own : "subgraph " + std::to_string(i));
        for (const std::string& name : names)
            signatures.push_back({name, index});
    }
    return signatures;
}

types::Result<int32_t> findSignature(const std::vector<types::Signature>& signatures,
                                     const std::string& name, const std::string& file) {
    if (name.empty()) return 0;
    std::string known;
    for (const types::Signature& signature : signatures) {
        if (signature.name == name) return signature.subgraph;
        known += (known.empty() ? "'" : ", '") + signature.name + "'";
    }
    return types::fail("has no signature '" + name + "'", file, "choose " + known);
}

}  // namespace tflite
