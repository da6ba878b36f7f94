import type { Json } from '../../../../lib/engine';
import { rendered } from '../../../support/platform';
import * as plain from '../../../support/plain-serializer';
import { timeless } from '../../../support/snapshot';
import { toYaml } from '../../../../lib/engine/renderers';

expect.addSnapshotSerializer(plain);

test.each(rendered.dev.objects.map((object) => [timeless(`${object.kind}/${object.metadata.name}`), object]))(
  '%s',
  (_name, object) => {
    expect(timeless(toYaml(object as unknown as Json))).toMatchSnapshot();
  },
);
